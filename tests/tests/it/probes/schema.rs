//! What probes are made of, found in the catalogue and in the rows of both tenants.

use std::collections::{BTreeMap, HashMap, HashSet};

use postgres::Client;

use super::judge;
use crate::world::tables::{self, Table};
use crate::world::{MOSTLY_EMPTY, World, text_of};

/// The worker takes every row out of these.
const EMPTIED: &[&str] = &["health_dirty", "usage_daily_changes", "worker_failures"];

/// A function that SQL can call, and the types of its arguments.
#[derive(Debug)]
pub struct Function {
    pub name: String,
    pub arguments: Vec<(String, String)>,
    pub required: usize,
}

pub struct Schema {
    /// Their ids.
    pub tenants: [String; 2],
    pub relations: Vec<Table>,
    /// Of each relation, the columns cs_member may read, insert, update.
    pub granted: HashMap<(String, &'static str), Vec<usize>>,
    pub functions: Vec<Function>,
    /// Functions that cs_member may call.
    pub callable: Vec<usize>,
    /// Per tenant: values of each column, and of each type.
    pub values: [HashMap<(String, String), Vec<String>>; 2],
    pub by_type: [BTreeMap<String, Vec<String>>; 2],
    /// Per tenant: every identifier in its rows that the other tenant does not have.
    pub ids: [HashSet<String>; 2],
    /// Per tenant: rows of each relation that belong to it.
    pub counts: [HashMap<String, i64>; 2],
}

impl Schema {
    pub fn read(client: &mut Client, world: &World) -> Self {
        let relations = tables::all(client);
        let mut schema = Self {
            granted: HashMap::new(),
            functions: functions(client),
            callable: Vec::new(),
            values: Default::default(),
            by_type: Default::default(),
            ids: Default::default(),
            counts: Default::default(),
            tenants: world.tenants.each_ref().map(|tenant| tenant.id.clone()),
            relations,
        };
        schema.callable = (0..schema.functions.len())
            .filter(|at| {
                let query = "select bool_or(has_function_privilege('cs_member', oid, 'execute'))
                               from pg_proc where pronamespace = 'cs'::regnamespace and proname = $1::text::name";
                let name = &schema.functions[*at].name;
                client.query_one(query, &[name]).unwrap().get(0)
            })
            .collect();
        for relation in &schema.relations {
            for privilege in ["select", "insert", "update"] {
                let columns = (0..relation.columns.len()).filter(|at| {
                    let row = client.query_one(
                        "select has_column_privilege('cs_member', format('cs.%I', $1::text), $2, $3)",
                        &[&relation.name, &relation.columns[*at].name, &privilege],
                    );
                    row.unwrap().get(0)
                });
                let columns = columns.collect();
                schema
                    .granted
                    .insert((relation.name.clone(), privilege), columns);
            }
        }
        for (side, tenant) in world.tenants.iter().enumerate() {
            schema.read_rows(client, side, &tenant.id);
        }
        schema.keep_own_ids();
        schema
    }

    fn read_rows(&mut self, client: &mut Client, side: usize, tenant: &str) {
        for relation in &self.relations {
            let Some(rows) = relation.rows_of(tenant) else {
                continue;
            };
            let name = &relation.name;
            let count = client
                .query_one(&format!("select count(*) from cs.{name} where {rows}"), &[])
                .unwrap()
                .get(0);
            assert!(
                count > 0
                    || EMPTIED.contains(&name.as_str())
                    || MOSTLY_EMPTY.contains(&name.as_str()),
                "the world has no row in {name}: teach it to make one"
            );
            self.counts[side].insert(name.clone(), count);
            let all = client
                .simple_query(&format!("select r::text from cs.{name} r where {rows}"))
                .unwrap();
            self.ids[side].extend(judge::ids(&text_of(&all)).map(str::to_owned));
            for column in &relation.columns {
                let found = client
                    .query(
                        &format!(
                            "select distinct {0}::text from cs.{name} where {0} is not null and {rows} order by 1 limit 12",
                            column.name
                        ),
                        &[],
                    )
                    .unwrap();
                let found: Vec<String> = found.iter().map(|row| row.get(0)).collect();
                let of_type = self.by_type[side].entry(column.kind.clone()).or_default();
                of_type.extend(found.iter().cloned());
                self.values[side].insert((name.clone(), column.name.clone()), found);
            }
        }
        for values in self.by_type[side].values_mut() {
            values.sort_unstable();
            values.dedup();
        }
    }

    fn keep_own_ids(&mut self) {
        let [left, right] = &mut self.ids;
        let both: HashSet<String> = left.intersection(right).cloned().collect();
        left.retain(|id| !both.contains(id));
        right.retain(|id| !both.contains(id));
        assert!(
            left.len() > 20 && right.len() > 20,
            "the world has too few ids"
        );
    }

    /// A prepared statement that answers one value for all rows of a tenant.
    pub fn prepare_sum(&self, side: usize, tenant: &str) -> String {
        let parts: Vec<String> = self
            .relations
            .iter()
            .filter(|relation| !relation.is_view)
            .filter_map(|relation| {
                let rows = relation.rows_of(tenant)?;
                Some(format!(
                    "select '{0}' || r::text as line from cs.{0} r where {rows}",
                    relation.name
                ))
            })
            .collect();
        format!(
            "prepare sum{side} as select md5(string_agg(line, '/' order by line)) from ({}) as lines",
            parts.join(" union all ")
        )
    }

    /// The names of what members may read, and of what they may call.
    pub fn within_reach(&self) -> [Vec<String>; 2] {
        let relations = self
            .relations
            .iter()
            .filter(|relation| !self.granted(relation, "select").is_empty());
        let functions = self.callable.iter().map(|at| &self.functions[*at]);
        [
            relations.map(|relation| relation.name.clone()).collect(),
            functions.map(|function| function.name.clone()).collect(),
        ]
    }

    pub fn granted(&self, relation: &Table, privilege: &'static str) -> &[usize] {
        &self.granted[&(relation.name.clone(), privilege)]
    }
}

fn functions(client: &mut Client) -> Vec<Function> {
    let rows = client.query(
        "select p.proname::text, (p.pronargs - p.pronargdefaults)::integer,
                array(select coalesce(p.proargnames[n], '') from generate_series(1, p.pronargs) n order by n),
                array(select format_type(p.proargtypes[n - 1], null) from generate_series(1, p.pronargs) n order by n)
           from pg_proc p
          where p.pronamespace = 'cs'::regnamespace and p.prokind = 'f' and p.prorettype <> 'trigger'::regtype
            and not 'internal'::regtype = any (p.proargtypes::oid[])
          order by p.oid::regprocedure::text",
        &[],
    );
    rows.unwrap()
        .iter()
        .map(|row| {
            let (names, types): (Vec<String>, Vec<String>) = (row.get(2), row.get(3));
            Function {
                name: row.get(0),
                required: usize::try_from(row.get::<_, i32>(1)).unwrap(),
                arguments: names.into_iter().zip(types).collect(),
            }
        })
        .collect()
}
