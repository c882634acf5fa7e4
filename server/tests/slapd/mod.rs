//! Debian's slapd with a small city in it, on free ports of this machine, in a folder of its own; gone after the test.

use ldap3::{LdapConnAsync, Mod};
use std::collections::HashSet;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

pub const BASE: &str = "dc=city,dc=lan";
pub const SEARCH: &str = "cn=search,dc=city,dc=lan";
pub const SEARCH_PASSWORD: &str = "search-secret";
const ADMIN: &str = "cn=admin,dc=city,dc=lan";
const ADMIN_PASSWORD: &str = "admin-secret";

/// uid, 職員番号, password. The second is in no roster, the third has no number.
const PEOPLE: [(&str, &str, &str); 3] = [
    ("hirano", "000102", "umi-wa-aoi-2026"),
    ("tabibito", "999999", "tabi-no-sora-2026"),
    ("mumei", "", "na-wa-nai-2026"),
];

/// A running server.
pub struct Slapd {
    pub ldaps: String,
    pub ldap: String,
    pub ca: PathBuf,
    pub other_ca: PathBuf,
    child: Child,
    _folder: tempfile::TempDir,
}

impl Slapd {
    pub fn start() -> Slapd {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        certificates(at);
        std::fs::create_dir(at.join("db")).unwrap();
        std::fs::write(at.join("slapd.conf"), config(at)).unwrap();
        std::fs::write(at.join("city.ldif"), city()).unwrap();
        copy_of_slapd(at);
        run(Command::new(at.join("slapd")).current_dir(at).args([
            "-T",
            "add",
            "-f",
            "slapd.conf",
            "-l",
            "city.ldif",
        ]));
        let (ldap, ldaps) = (format!("127.0.0.1:{}", free_port()), format!("127.0.0.1:{}", free_port()));
        let child = Command::new(at.join("slapd"))
            .current_dir(at)
            .args(["-f", "slapd.conf", "-d", "0", "-h", &format!("ldap://{ldap}/ ldaps://{ldaps}/")])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let slapd = Slapd {
            ldaps: format!("ldaps://{ldaps}"),
            ldap: format!("ldap://{ldap}"),
            ca: at.join("ca.pem"),
            other_ca: at.join("other.pem"),
            child,
            _folder: folder,
        };
        wait_for(&ldap);
        wait_for(&ldaps);
        slapd
    }

    /// The server goes away.
    pub fn stop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Puts somebody into a group, or takes somebody out; the overlay keeps `memberOf` in step, as Active Directory does.
    pub async fn member(&self, group: &str, uid: &str, inside: bool) {
        let (connection, mut ldap) = LdapConnAsync::new(&self.ldap).await.unwrap();
        tokio::spawn(async move { connection.drive().await });
        ldap.simple_bind(ADMIN, ADMIN_PASSWORD).await.unwrap().success().unwrap();
        let member = HashSet::from([format!("uid={uid},ou=people,{BASE}")]);
        let change = if inside {
            Mod::Add("member".to_string(), member)
        } else {
            Mod::Delete("member".to_string(), member)
        };
        ldap.modify(&group_dn(group), vec![change]).await.unwrap().success().unwrap();
        ldap.unbind().await.unwrap();
    }
}

impl Drop for Slapd {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn group_dn(group: &str) -> String {
    format!("cn={group},ou=groups,{BASE}")
}

pub fn password(uid: &str) -> &'static str {
    PEOPLE.iter().find(|(one, ..)| *one == uid).unwrap().2
}

fn config(at: &Path) -> String {
    let at = at.display();
    format!(
        r#"include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
pidfile {at}/pid
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload memberof
TLSCACertificateFile {at}/ca.pem
TLSCertificateFile {at}/server.pem
TLSCertificateKeyFile {at}/server.key
database mdb
suffix "{BASE}"
rootdn "{ADMIN}"
rootpw {ADMIN_PASSWORD}
directory {at}/db
maxsize 16777216
dbnosync
overlay memberof
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="{SEARCH}" read by * none
"#
    )
}

/// The entries. A group must have a member, so the search account is in each.
fn city() -> String {
    let mut ldif = format!(
        "dn: {BASE}\nobjectClass: dcObject\nobjectClass: organization\no: city\ndc: city\n\n\
         dn: {SEARCH}\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: search\nuserPassword: {SEARCH_PASSWORD}\n\n\
         dn: ou=people,{BASE}\nobjectClass: organizationalUnit\nou: people\n\n\
         dn: ou=groups,{BASE}\nobjectClass: organizationalUnit\nou: groups\n\n"
    );
    for (uid, number, password) in PEOPLE {
        ldif += &format!(
            "dn: uid={uid},ou=people,{BASE}\nobjectClass: inetOrgPerson\nuid: {uid}\ncn: {uid}\nsn: {uid}\n"
        );
        if !number.is_empty() {
            ldif += &format!("employeeNumber: {number}\n");
        }
        ldif += &format!("userPassword: {password}\n\n");
    }
    for group in ["audit", "office"] {
        ldif +=
            &format!("dn: {}\nobjectClass: groupOfNames\ncn: {group}\nmember: {SEARCH}\n\n", group_dn(group));
    }
    ldif
}

/// An authority with a certificate for 127.0.0.1, and another authority.
fn certificates(at: &Path) {
    let openssl = |words: &str| run(Command::new("openssl").current_dir(at).args(words.split(' ')));
    for name in ["ca", "other"] {
        openssl(&format!(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN={name} -keyout {name}.key -out {name}.pem"
        ));
    }
    openssl(
        "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=slapd -keyout server.key -out server.csr",
    );
    std::fs::write(at.join("names"), "subjectAltName=IP:127.0.0.1,DNS:localhost\n").unwrap();
    openssl(
        "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out server.pem",
    );
}

/// A copy, as Debian's AppArmor profile keeps the installed one out of other folders. Another process writes it: a
/// file that this one holds open for writing may be inherited by a child of a test beside it, and could then not be
/// started ("text file busy").
fn copy_of_slapd(at: &Path) {
    assert!(Path::new("/usr/sbin/slapd").exists(), "slapd is missing; run bin/setup tests");
    run(Command::new("cp").arg("/usr/sbin/slapd").arg(at.join("slapd")));
}

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn wait_for(address: &str) {
    for _ in 0..200 {
        if TcpStream::connect(address).is_ok() {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("slapd does not answer on {address}");
}
