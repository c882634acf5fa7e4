//! Who may do what, and who may sign in.
