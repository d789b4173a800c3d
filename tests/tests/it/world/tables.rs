//! The tables of schema cs as the catalogue has them, and which of their rows belong to a tenant.

use postgres::GenericClient;

#[derive(Debug, Clone)]
pub struct Column {
    pub name: String,
    /// As `format_type` writes it.
    pub kind: String,
    /// Kept by PostgreSQL or by a key: not to be written by the world's filler.
    pub generated: bool,
    pub nullable: bool,
    /// In a primary or foreign key, on either side.
    pub in_key: bool,
}

#[derive(Debug, Clone)]
pub struct Table {
    pub name: String,
    pub is_view: bool,
    pub columns: Vec<Column>,
}

impl Table {
    /// A condition for the rows of a tenant; none where rows belong to nobody.
    pub fn rows_of(&self, tenant: &str) -> Option<String> {
        let has = |name| self.columns.iter().any(|column| column.name == name);
        match self.name.as_str() {
            _ if has("tenant_id") => Some(format!("tenant_id = '{tenant}'")),
            "tenants" => Some(format!("id = '{tenant}'")),
            // People have no tenant of their own; nobody of this world is in both.
            "users" => Some(format!(
                "id in (select user_id from cs.profiles where tenant_id = '{tenant}')"
            )),
            _ => None,
        }
    }
}

/// All tables and views.
pub fn all(client: &mut impl GenericClient) -> Vec<Table> {
    let rows = client.query(
        "select c.relname::text, c.relkind = 'v', t.attname::text, format_type(t.atttypid, t.atttypmod),
                t.attgenerated <> '', not t.attnotnull,
                exists (select from pg_constraint k
                         where (k.contype in ('p', 'f') and k.conrelid = c.oid and t.attnum = any (k.conkey))
                            or (k.contype = 'f' and k.confrelid = c.oid and t.attnum = any (k.confkey)))
           from pg_class c join pg_attribute t on t.attrelid = c.oid and t.attnum > 0 and not t.attisdropped
          where c.relnamespace = 'cs'::regnamespace and c.relkind in ('r', 'p', 'v')
          order by c.relname, t.attnum",
        &[],
    );
    let mut tables: Vec<Table> = Vec::new();
    for row in rows.unwrap() {
        let name: String = row.get(0);
        if tables.last().is_none_or(|last| last.name != name) {
            tables.push(Table {
                name,
                is_view: row.get(1),
                columns: Vec::new(),
            });
        }
        let table = tables.last_mut().unwrap();
        table.columns.push(Column {
            name: row.get(2),
            kind: row.get(3),
            generated: row.get(4),
            nullable: row.get(5),
            in_key: row.get(6),
        });
    }
    tables
}
