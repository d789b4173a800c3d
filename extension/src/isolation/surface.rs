//! Owns what members can reach: every table and view of the schema, with what they may do to its columns, and every
//! function that takes an id. Read from the catalogue, so that what is added tomorrow is tested tomorrow.

use crate::pg::fault::Fault;
use crate::pg::sql;

/// A table or view.
#[derive(Debug)]
pub struct ExposedRelation {
    /// Its name, quoted where needed.
    pub name: String,
    /// Whether rows can be written at all.
    pub is_table: bool,
    /// Columns a member may read; all where there is none, so that the attempt is refused.
    pub readable: String,
    /// A column a member may update, or any.
    pub updatable: String,
    /// Columns a member may insert, or all.
    pub insertable: String,
    /// The condition that its rows are the other tenant's, by an index where there can be many.
    pub of_tenant: String,
    /// A row of the other tenant, as JSON.
    pub foreign_row: Option<String>,
    /// Whether it names an account or playbook, so that a row of one's own could point at another's.
    pub points_elsewhere: bool,
}

/// A function with an id among its arguments.
#[derive(Debug)]
pub struct ExposedFunction {
    /// Name and argument types.
    pub signature: String,
    /// A call with ids of the other tenant.
    pub call: String,
}

/// Everything that members can reach.
#[derive(Debug)]
pub struct Surface {
    /// Tables and views.
    pub relations: Vec<ExposedRelation>,
    /// Functions.
    pub functions: Vec<ExposedFunction>,
    /// A query for the state of the other tenant, before and after.
    pub checksum: String,
    /// What it was before.
    pub before: String,
}

impl Surface {
    /// Reads the catalogue; rows and ids are those of the tenant with this slug.
    pub fn read(foreign: &str) -> Result<Self, Fault> {
        let tenant = format!("(select id from cs.tenants where slug = '{foreign}')");
        let mut relations = sql::read(include_str!("sql/relations.sql"), &[], |row| {
            Ok(ExposedRelation {
                name: row.need("name")?,
                is_table: row.need("is_table")?,
                readable: row.need("readable")?,
                updatable: row.need("updatable")?,
                insertable: row.need("insertable")?,
                of_tenant: row
                    .need::<String>("of_tenant")?
                    .replace("$tenant$", &tenant),
                foreign_row: None,
                points_elsewhere: row.need("points_elsewhere")?,
            })
        })?;
        for relation in relations.iter_mut().filter(|it| it.is_table) {
            relation.foreign_row = read_foreign_row(relation)?;
        }
        let states = relations
            .iter()
            .filter(|it| it.is_table)
            .map(state_query)
            .collect::<Vec<_>>();
        let checksum = format!(
            "select md5(string_agg(state, '|' order by state)) as it from ({}) as states",
            states.join(" union all ")
        );
        let functions = sql::read(
            include_str!("sql/functions.sql"),
            &[foreign.into()],
            |row| {
                Ok(ExposedFunction {
                    signature: row.need("signature")?,
                    call: row.need("call")?,
                })
            },
        )?;
        let before = read_text(&checksum)?;
        Ok(Self {
            relations,
            functions,
            checksum,
            before,
        })
    }
}

fn state_query(table: &ExposedRelation) -> String {
    let (name, condition) = (&table.name, &table.of_tenant);
    format!(
        "select '{name}:' || coalesce(md5(string_agg(to_jsonb(it)::text, ',' order by to_jsonb(it)::text)), '') as state
         from cs.{name} as it where {condition}"
    )
}

fn read_foreign_row(table: &ExposedRelation) -> Result<Option<String>, Fault> {
    let (name, condition) = (&table.name, &table.of_tenant);
    let query =
        format!("select to_jsonb(it)::text as data from cs.{name} as it where {condition} limit 1");
    sql::first(&query, &[], |row| row.need("data"))
}

/// The text that a query returns as `it`; empty where it is NULL.
pub fn read_text(query: &str) -> Result<String, Fault> {
    let text = sql::write_first(query, &[], |row| row.maybe::<String>("it"))?;
    Ok(text.flatten().unwrap_or_default())
}
