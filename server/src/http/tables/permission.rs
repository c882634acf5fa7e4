//! Who may do what.

use super::{Asked, Made};
use app::permission::page::{heads, seen, word};
use app::permission::text;
use documents::table::Columns;
use domain::inspection::Visibility;
use domain::permission::{Action, OUTSIDE, TABLE};
use domain::role::Role;
use store::access::require;

/// Role × action × reach.
pub async fn matrix(asked: Asked) -> Made {
    require(&asked.actor, Action::ReadPolicy)?;
    let (roles, actions) = heads();
    let columns = Columns::<Action>::new().with("操作", |action| text::action(*action));
    let columns = roles
        .into_iter()
        .fold(columns, |columns, role| columns.with(role.short(), move |action| word(TABLE, role, *action)));
    let columns = columns.with("外部監査人", |action| word(OUTSIDE, Role::Auditor, *action));
    Ok(columns.table(&actions).into())
}

/// Who sees individual answers in the three modes.
pub async fn sight(asked: Asked) -> Made {
    require(&asked.actor, Action::ReadPolicy)?;
    let readers = TABLE.iter().filter(|(_, action, _)| *action == Action::SeeAnswers);
    let columns = Columns::<Visibility>::new().with("点検の方式", |visibility| visibility.label());
    let columns = readers.fold(columns, |columns, (role, _, scope)| {
        columns.with(role.short(), move |visibility| seen(*visibility, *scope))
    });
    Ok(columns.table(&Visibility::ALL).into())
}
