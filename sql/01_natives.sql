-- Owns the descriptions of the native functions, as \df+ shows them. Run together with 00_cluster.sql.

comment on function cs.install() is
    'Brings the tables, views, policies and grants of schema cs up to this version of the library, and puts right what a restore without owners or privileges left out. Runs at CREATE EXTENSION; superuser only; safe to repeat.';
comment on function cs.uuid_v7() is 'A new UUID of version 7 (RFC 9562): ordered by the time it was made.';
comment on function cs.current_user_id() is
    'The person on whose behalf this statement runs, from app.current_user_id (or the prefix of customer_success.identity_prefix); NULL where there is none or they are inactive.';
comment on function cs.current_tenant_id() is
    'The tenant this statement works in: app.current_tenant_id, or the person''s only one; NULL sees nothing.';
comment on function cs.current_member_role() is
    'The role of the current person in the current tenant, as text; NULL where there is no tenant.';
comment on function cs.tenant_where(text) is
    'The current tenant if the caller may do this action there, else NULL. Policies compare tenant_id with it.';
comment on function cs.may_see_account(uuid) is
    'Whether the caller''s role lets them see this account: all of the own tenant, or, for a Contributor, own and shared ones.';
comment on function cs.may_see_account_support(internal) is 'Internal: lets the planner know that may_see_account is true of most rows.';
comment on function cs.share_account(uuid, uuid) is
    'Lets a colleague work on an account in addition to its CSM. Errors: P0002 no such account or member, 42501 without the right to edit accounts.';
comment on function cs.unshare_account(uuid, uuid) is
    'Ends what share_account began. Errors: P0002 no such account, 42501 without the right to edit accounts.';
comment on function cs.delete_account(uuid, text) is
    'Deletes an account with its contacts, activities, usage, scores and journey; the reason is kept in the audit log. Its deliveries still go out, its runs and its ARR history stay, the latter ended with 0, for those who see all accounts: retention, bridge and cohorts of the past stay what they were. Tenant Admins. Errors: P0002 no such account, 22023 without a reason, 23503 where it has subsidiaries, 42501.';
comment on function cs.merge_accounts(uuid, uuid, boolean) is
    'Makes two accounts that are one customer one: everything of merged becomes keep''s, attributes that keep lacks are filled from merged''s, then merged is deleted; deleted_accounts and the audit log say into which. Contacts with one address become one. ARR of the past is the sum of both; from now on keep''s. keep''s stage, scores and parent stay; where merged is its parent it takes merged''s. Returns {usage, health_scores, health_overrides, journey, contacts: {moved, joined}, activities, tasks, members, milestones, arr_history (steps of the one history), runs, deliveries, saved_views, children: how many of each; attributes: the names of those taken; parent: keep''s new parent, or null; named_by: playbooks, caps and milestones whose criteria still name merged, as of named_by}. dry_run, the default, does it all and takes it back. Tenant Admins. Errors: P0002 no such account, 22023 for one account twice, two tenants, or where keep stands below subsidiaries of merged, 42501.';
comment on function cs.tg_accounts__keep_deleted() is
    'Keeps what outlives a deleted account: its name and place, and its ARR history, which it ends with 0.';
comment on function cs.update_account(uuid, jsonb, integer) is
    'Changes an account by {name, external_id, parent_id, csm_id (id or e-mail), status, current_stage, crm_attributes (merged as JSON Merge Patch)} and returns it as account_overview shows it: absent = unchanged, null = cleared; nothing changed, nothing written. Practitioners and Tenant Admins; the stage alone also Contributors on own accounts. Errors: P0002 no such account, 22023 with the field, 27000 with {"current", "yours"}, and {"changed_by", "changed_at"} for who may know, where expected_version is not the current one, 23505 external_id taken, 55000 held by milestones, 42501.';
comment on function cs.upsert_account(text, jsonb, timestamptz) is
    'Changes the account of the own tenant with this external_id as update_account does, or creates it; safe when several do it at once. as_of: the moment of which this tells (at most a day ahead); where something newer is known of the account (of an as_of, or changed since without one), nothing changes and the answer has stale: true. Practitioners and Tenant Admins. Errors: 22023 with the field, also where a new account has no name, 42501.';
comment on function cs.bulk_update_accounts(jsonb, jsonb, boolean) is
    'Makes one change, as of update_account, to every account that meets criteria, and returns {matched, changed, refused: [{account_id, name, reason}]}: an account that is refused does not stop the others. dry_run, the default, does it all and takes it back. Errors: 22023 with the field, also for criteria null, 42501.';
comment on function cs.import_accounts(jsonb, boolean, boolean, boolean) is
    'Creates and changes accounts by an array of {external_id, name, parent_external_id, csm (e-mail), status, current_stage, crm_attributes, as_of} and returns {inserted, updated, unchanged, rejected: [{index, field, reason}]}: absent = unchanged, null or an empty text = cleared; as_of as of upsert_account, and with it stale and stale_rows, how many and which rows (counted from 0) told of a moment before what is known. What becomes of a row does not depend on the order of the rows; of an id that stands twice, and of parents in a circle, all rows are rejected. dry_run, the default, does it all and takes it back, and points out new accounts that look like others: look_alikes: [{index, field, like}]. new_fields: accept keys of crm_attributes that the tenant does not have yet. keep_good: write the valid rows even if others are faulty. Practitioners and Tenant Admins. Errors: 22023 with {"rejected": [...]} as detail, 42501.';
comment on function cs.import_accounts(text, boolean, boolean, boolean) is
    'As import_accounts of jsonb, where each row is read by itself: one that PostgreSQL cannot hold (half a character, U+0000, a number beyond numeric) is rejected, not the whole. Errors: the same.';
comment on function cs.save_custom_field(jsonb) is
    'Defines or changes a field of accounts by {id, key, label, type, description, is_required, default_value, options, in_lists, in_import, display_order, is_active}, and returns it: without id a new one; absent = unchanged, null = cleared; is_active false archives it, and the answer has named_by too: what still asks for it, [{kind, id, name}] as of named_by. Tenant Admins. Errors: P0002 no such custom field, 22023 with the field, also where values would not fit a new type, 23505 key taken, 42501.';
comment on function cs.check_custom_field(uuid, text) is
    'The values of a field, on accounts the caller sees, that would not fit this type, and why. Errors: P0002 no such custom field, 22023 unknown type.';
comment on function cs.save_contact(uuid, jsonb) is
    'Adds or changes a person at a customer by {id, full_name, email, phone, title, is_primary, notes}, and returns it: without id the one with this address at the account, else a new one; absent = unchanged, null = cleared; there is one primary contact, so making one primary demotes the other. Practitioners and Tenant Admins. Errors: P0002 no such account or contact, 22023 with the field, 42501.';
comment on function cs.delete_contact(uuid) is
    'Removes a person at a customer. Practitioners and Tenant Admins. Errors: P0002 no such contact, 42501.';
comment on function cs.tg_custom_fields__check() is 'Checks a custom field; refuses a change of its key, and a type that existing values would not fit.';
comment on function cs.tg_custom_fields__forget() is 'Makes a change to custom fields take effect at once in its own transaction.';
comment on function cs.tg_contacts__check() is 'Checks name and e-mail address of a contact; keeps updated_at.';
comment on function cs.link_database_role(text, text, text) is
    'Superuser only: makes a database role the person with this e-mail, in the tenant named where they have several, and grants it cs_member. Where the role has no CONNECTION LIMIT or temp_file_limit of its own it gets 10 connections and 1 GB. Calling it again replaces the link. Errors: P0002 no such role or person; 22023 for a role that sees more than one tenant.';
comment on function cs.link_viewer(text, text) is
    'Superuser only: makes a Viewer of a tenant who is a database role, for a BI tool, with an address that nobody can have and no password, and links the role as link_database_role does. Calling again does the same again. Errors: P0002 no such database role or active tenant, 22023 for a role that cannot be linked.';
comment on function cs.unlink_database_role(text) is
    'Superuser only: ends a link and takes cs_member back. Errors: P0002 where there is no link.';
comment on function cs.offer_database_role(text, text) is
    'Superuser only: offers a database role to a tenant, whose administrators may link it to a member by link_analyst(); it is admitted as by link_database_role(), and sees nothing until then. Calling it again does nothing. Errors: P0002 no such database role or active tenant, 22023 for a role that cannot be linked, 23505 where another tenant has it.';
comment on function cs.withdraw_database_role_offer(text) is
    'Superuser only: takes an offer back, ends the link of the role, and takes cs_member from it. Errors: P0002 no such offered database role.';
comment on function cs.link_analyst(uuid, text) is
    'Makes a database role that was offered to the own tenant this member, in place of whom it was before. Tenant Admins; not by an API token. Errors: P0002 no such offered database role or member, 22023 for a role that can no longer be linked, 42501.';
comment on function cs.unlink_analyst(text) is
    'Ends the link of a database role that was offered to the own tenant; it can be linked again. Tenant Admins; not by an API token. Errors: P0002 no such linked database role, 42501.';
comment on function cs.may_see_user(uuid) is 'Whether this user is the caller or a colleague in the current tenant.';
comment on function cs.me() is
    'Who is calling: user_id, email, full_name, role, permissions, tenant, and all tenants of this person.';
comment on function cs.create_tenant(text, text, text, text, text) is
    'For the gateway alone: signs up a new tenant with its first Tenant Admin and returns its id. Never adds to an existing tenant or person. Errors: 23505 short name or e-mail taken, 22023 malformed.';
comment on function cs.slug_is_free(text) is
    'For the gateway alone: whether a new tenant could have this short name. Errors: 22023 malformed.';
comment on function cs.update_tenant(jsonb) is
    'Changes name and settings of the own tenant; settings are merged, null restores the default. Tenant Admins. Errors: 22023 with the field.';
comment on function cs.my_tenants() is 'The active tenants of the caller, with the role in each.';
comment on function cs.invite_member(text, text) is
    'Offers an e-mail address a role for 7 days and returns the offer with its token, which is shown only this once. Inviting again replaces the open offer. Tenant Admins. Errors: 23505 for someone who is a member, 22023 malformed.';
comment on function cs.read_invitation(text) is
    'For the gateway alone: what an open invitation offers; no row where it is used, expired or unknown.';
comment on function cs.accept_invitation(text, text, text) is
    'For the gateway alone: makes an account for the invited address and returns its user id. Errors: P0002 no open invitation, 23505 where the person already has an account and has to join signed in.';
comment on function cs.join_tenant(text, text) is
    'Accepts an invitation as the person who is signed in and returns the tenant. Errors: P0002 no open invitation, 42501 where it is for another address.';
comment on function cs.set_member_role(uuid, text) is
    'Changes a colleague''s role and ends their sessions here. Tenant Admins. Errors: P0002 no such member, 22023 for the last Tenant Admin.';
comment on function cs.deactivate_member(uuid, uuid) is
    'Ends a colleague''s membership, hands their accounts over, ends their sessions and tokens here; returns how many accounts. Tenant Admins. Errors: P0002 no such member, 22023 for the last Tenant Admin, or where no one is named to take over their accounts.';
comment on function cs.leave_tenant(uuid) is
    'Ends the own membership in the current tenant as deactivate_member() ends that of a colleague; returns how many accounts were handed over. Any role. Errors: 22023 for the last Tenant Admin, or where no one is named to take over the own accounts, P0002 no such member.';
comment on function cs.create_password_reset(uuid) is
    'Makes a link for a colleague''s forgotten password, in place of the one before: {token, expires_at}; shown only this once, good for an hour and one use. Tenant Admins, for members who belong to no other tenant and not for themselves; a superuser for anybody. Not by an API token. Errors: P0002 no such member or person, 42501.';
comment on function cs.read_password_reset(text) is
    'For the gateway alone: for whom an open link for a forgotten password is, and until when; no row where it is used, replaced, expired or unknown.';
comment on function cs.reset_password(text, text) is
    'For the gateway alone: uses an open link: sets the password of its person, ends all their sessions, and returns their user id. Errors: P0002 no open link, 22023 for what is no bcrypt hash.';
comment on function cs.create_api_token(text, timestamptz) is
    'Makes a token with which a program acts as the caller, and returns it, shown only this once. Tenant Admins. Errors: 22023 for an expiry in the past.';
comment on function cs.revoke_api_token(uuid) is 'Ends a token at once. Tenant Admins. Errors: P0002 no such token.';
comment on function cs.check_token(text) is
    'For the gateway alone: person and tenant of a token, by the SHA-256 of it in hexadecimal. Raises 28000 unless it is valid.';
comment on function cs.login_lookup(text) is
    'For the gateway alone: the active person with this e-mail (case does not matter) and the password hash to verify.';
comment on function cs.open_session(uuid, uuid, timestamptz) is
    'For the gateway alone: opens a session of a person and returns its id, the jti of the token. tenant_id NULL: their tenant, if they have only one.';
comment on function cs.session_tenant(uuid) is 'For the gateway alone: the tenant of a session; NULL: none chosen yet.';
comment on function cs.check_session(uuid) is
    'For the gateway alone: raises 28000 unless this session is open, unexpired and its person active. Writes nothing.';
comment on function cs.end_session(uuid) is 'For the gateway alone: ends a session at once. Ending it twice is not an error.';
comment on function cs.renew_session(uuid, uuid, timestamptz) is
    'For the gateway alone: ends an open session and opens another of the same person, in that tenant (NULL: in the same one); returns its id. Errors: 28000 session ended, P0002 not an active member there.';
comment on function cs.session_person(uuid) is
    'For the gateway alone: e-mail and password hash of the person of an open session. Errors: 28000 session ended.';
comment on function cs.change_password(uuid, text, text, timestamptz) is
    'For the gateway alone: a new password hash in place of the one that was verified; ends all sessions of the person and opens a new one in the place of this one. Errors: 28000 session ended, 27000 the hash has changed in the meantime, 22023 not a bcrypt hash.';
comment on function cs.risk_level(integer, uuid) is
    'Healthy, At Risk or Critical by the thresholds of the tenant''s health model (the own tenant where none is given), 80 and 40 without a tenant; NULL for NULL. Errors: 22023 outside 0 to 100.';
comment on function cs.validate_criteria(jsonb) is
    'What is wrong with criteria, by JSON path (empty: the whole); no row: nothing is. Stages, members and custom fields are those of the caller''s tenant. Never raises.';
comment on function cs.criteria_shape(jsonb) is
    'Whether structure, operators, built-in fields and types of criteria are valid, for CHECK constraints; validate_criteria says what is wrong.';
comment on function cs.criteria_fold(text) is
    'Text as the operators contains and starts_with compare it: each character in lower case by itself.';
comment on function cs.matching_accounts(jsonb) is
    'The accounts that meet criteria, of those the caller sees; NULL returns all. Errors: 22023 with the path of the fault.';
comment on function cs.criteria_problem(jsonb) is
    'What criteria name that is gone or no longer in use in the own tenant (a stage, a member, a custom field), and what to do, as a sentence; NULL: nothing.';
comment on function cs.search_page(jsonb, text, text, integer, boolean) is
    'Internal: the ids of one page, where the next one begins, and the summary as text. Call search_accounts instead.';
comment on function cs.count_facets(jsonb, text) is
    'How many of the accounts that meet criteria (NULL: all) have each value of a field, with the name of a stage or person and the ARR that counts; NULL: missing. The 100 most frequent. Errors: 22023 for a field that has no values to count, such as a number, or with the path of the fault.';
comment on function cs.explain_criteria(uuid, jsonb) is
    'Why an account meets criteria or does not: first a row for the whole, then one per condition with its path, what was found (NULL: missing) and whether it holds. Errors: P0002 no such account, 22023 with the path of the fault.';
comment on function cs.criteria_field_list() is
    'Internal: the built-in fields of criteria. Read the view criteria_fields instead.';
comment on function cs.custom_field_operators(text) is
    'Internal: the operators of criteria for a type of custom field, for the view criteria_fields.';
comment on function cs.tg_accounts__count_waiting() is
    'Counts usage that waited for an account with the external_id of one that was written.';
comment on function cs.record_usage(jsonb, boolean, boolean) is
    'Writes an array of {account_id or external_id, metric_type, metric_value, recorded_at (now; without a zone the tenant''s time), metadata, event_id}, in which numbers may be told as text, and returns {inserted, duplicates, rejected: [{index, field, reason}]}; an event_id that the tenant already has counts as a duplicate where it was told with the same content, and is rejected where it was not. keep_good: write the valid rows even if others are faulty. keep_unknown: rows of an external_id that no account has are not rejected but wait for it, in the view waiting_usage, at most 100,000 of a tenant; they count as soon as an account has it and end after 30 days; the answer then has kept, how many. Practitioners and Tenant Admins. Errors: 22023 with {"rejected": [...]} as detail.';
comment on function cs.record_usage(text, boolean, boolean) is
    'As record_usage of jsonb, where each row is read by itself: one that PostgreSQL cannot hold (half a character, U+0000, a number beyond numeric) is rejected, not the whole. Errors: the same.';
comment on function cs.create_publication(text) is
    'Superuser only: creates a publication of the tables that belong to tenants, for a logical copy, and returns their names; what belongs to one database alone (its installation, its event channel, what its workers have still to do) is left out. The workers of the subscriber stand by as long as a subscription fills its tables, unless customer_success.work_beside_subscription is on.';
comment on function cs.confirm_webhooks() is
    'Superuser only: lets this database send webhooks after it was cloned, restored or moved, and makes what still waits for another installation its own. Returns how many deliveries that are.';
comment on function cs.worker_status() is
    'For members of pg_monitor: per tenant and step of the worker what waits, and what stands still with the error and since when. account_id, playbook_id: the one account or playbook it is about, left out where its tenant stands still for the same reason. held_as_copy: deliveries wait because this database is a copy that has not been confirmed. waits_for: what deliveries that are due wait for, a row for each: worker, receiver (left alone for failing), or a reason as in webhook_queue.held. A row without a tenant is about the whole database, where nothing is done: waits_for is install (select cs.install() has to run) or subscription. Tenants with nothing to say have no row.';
comment on function cs.isolation_selftest() is
    'Superuser only: tries to read, write and call across two throw-away tenants as each member role, and returns one row per attempt; all should be ok. Everything it does is rolled back.';
comment on function cs.compute_health(uuid, timestamptz) is
    'The health of an account at a moment, computed from its usage by the model in force; writes nothing and always returns the same for the same rows, moment and model: what is usual in the tenant is what the last daily pass before the moment has kept, else what was usual at the moment. overall_score is after caps, raw_score before; NULL: no data. Errors: P0002 no such account.';
comment on function cs.explain_health(uuid, timestamptz, boolean) is
    'Why the score is what it is: a row per component, part and kind of usage with what was measured, over which time, against what, its share of the score in percent and the points it loses. largest_gain marks the part that, put to 100 alone, would raise the score most, or the cap that holds it; null_reason says why one is left out; the reading of the whole says which days did not count. quick is kept for older callers and changes nothing. Errors: P0002 no such account.';
comment on function cs.health_change(uuid, timestamptz, timestamptz) is
    'Splits the change of a score between two moments: rows that left the window, new data, what is usual in the tenant, model, cap, override, other. Points add up to the whole change. Errors: P0002 no such account, 22023 where since is not before until.';
comment on function cs.refresh_health(uuid[]) is
    'Computes the given accounts (NULL: all of the own tenant) at once, and returns how many scores were added. An imported score is replaced only where its account is given. Errors: P0002 no such account, 42501 without the right to record usage.';
comment on function cs.weekly_scores(uuid[], integer) is
    'The way of the scores of up to 1,000 accounts, of those the caller sees: one entry for each of the last weeks (12; 1 to 104), oldest first, the score that was shown at the end of the week; the last entry is the present score; NULL where there was none yet. Errors: 22023 for more accounts or weeks.';
comment on function cs.fold_email(text) is
    'An e-mail address as all are kept and compared: without white space and invisible characters around it, composed (NFC), in Unicode''s simple case folding, whatever the locale of the database. Errors: 22023 for what is no address.';
comment on function cs.fold_name(text) is
    'A name as names are compared: without white space and invisible characters around it, composed (NFC), in Unicode''s simple case folding. NULL where nothing of it can be seen.';
comment on function cs.record_arr(jsonb, boolean) is
    'Says what accounts paid from when on, for the past too: an array of {account_id or external_id, arr or mrr (times 12), effective_from (a day in the tenant''s time zone, or a moment; not in the future)}. Each account''s history is made anew around its rows: one of the same day replaces what was there, 0 is lost, and the last step is the present ARR, crm_attributes.arr. Returns {recorded, rejected: [{index, field, reason}]}. keep_good: record the valid rows even if others are faulty. Practitioners and Tenant Admins. Errors: 22023 with {"rejected": [...]} as detail, 42501.';
comment on function cs.record_arr(text, boolean) is
    'As record_arr of jsonb, where each row is read by itself: one that PostgreSQL cannot hold (half a character, U+0000, a number beyond numeric) is rejected, not the whole. Errors: the same.';
comment on function cs.revoke_invitation(uuid) is
    'Takes an open invitation back: its token opens nothing any more. Tenant Admins. Errors: P0002 no such open invitation, 42501.';
comment on function cs.set_health_override(uuid, integer, text, timestamptz) is
    'Shows a score set by hand until a moment at most 90 days ahead (the default), with a reason; NULL ends it. The computed score is kept as well and comes back afterwards. Returns the account as account_overview shows it. Errors: P0002 no such account, 22023 without reason or for a lost customer, 42501.';
comment on function cs.preview_health_model(jsonb) is
    'What publishing this change of the model would do, account by account, without doing it; playbooks: the names of those that would run if publish_health_model were told to fire them; problem, the same in every row: a cap that names a stage, member or field that is gone, and what to do; NULL: none. A new cap that names one is refused. Tenant Admins. Errors: 22023 with the path of the fault.';
comment on function cs.publish_health_model(jsonb, integer, boolean) is
    'Makes the next version of the health model from a change to the current one (weights, thresholds and targets merged, null: back to the default) and computes all accounts; returns the version. Playbooks fire on the new scores only if fire_playbooks is true. Tenant Admins. Errors: 27000 where expected_version is no longer the latest, 22023 with the path of the fault.';
comment on function cs.account_breadcrumb(uuid) is
    'The path to an account: position 0 is its tenant, then its ancestors from the root, then itself; those the caller does not see are left out. Errors: P0002 no such account.';
comment on function cs.account_place(uuid) is
    'Internal: tenant, level and path of an account the caller sees, for account_ancestors and account_descendants. Errors: P0002 no such account.';
comment on function cs.account_rollup(uuid) is
    'The totals of an account and all below it that the caller sees: number, ARR (alone and together), health weighted by ARR, the worst score, number Critical, ARR at risk, earliest end of a contract. Lost customers count as an account only; paused accounts and low-confidence scores in no figure of health. partial: the family has more than the caller sees. Errors: P0002 no such account.';
comment on function cs.load_sample_data(text, integer) is
    'Superuser only: a tenant Acme Corporation with 3 to 100000 accounts and half a year of their usage, two people and two playbooks that post to the given receiver. Errors: 22023 for a bad receiver or number, 23505 where the tenant acme exists.';
comment on function cs.tg_tenants__check() is 'Refuses unknown or malformed tenant settings.';
comment on function cs.tg_tenants__begin() is 'Gives a new tenant its stages and its first health model.';
comment on function cs.tg_people__forget() is 'Makes a change to people, profiles or tenants take effect at once in its own transaction.';
comment on function cs.tg_journey_stages__check() is 'Checks name, colour, target and limit of a stage.';
comment on function cs.move_account_stage(uuid, text, text, text, text) is
    'Moves an account to the stage with this id or name (case does not matter) and returns it as account_overview shows it. Nothing happens if it is already there. note is kept in the history; waive_reason waives the milestones that hold it back. Contributors on own accounts, Practitioners, Tenant Admins. Errors: P0002 no such account or stage, 27000 where it is not, or no longer, in expected_from, 55000 with {"open_milestones": [{id, title}]}, 42501.';
comment on function cs.undo_stage_move(uuid) is
    'Takes back the move that began this row of journey_history, while it is the account''s last one and at most 10 minutes old, and returns the account as account_overview shows it. This is a move too, with the note "undone", which milestones do not hold back and which cannot itself be undone; what was waived for the move is open again. In clocks and statistics the stay before goes on as if neither move had been. Contributors on own accounts, Practitioners, Tenant Admins. Errors: P0002 no such move, 27000 where the account has moved on, 22023 for an older move, an undo or an account''s first stage, 42501.';
comment on function cs.suggested_stage(uuid) is
    'For an account in a side stage: the stage it was in before, the likely one to go back to; NULL for all others. Errors: P0002 no such account.';
comment on function cs.board(jsonb, text, integer) is
    'The board of the journey: {version (stages_version), columns: [{stage_id, stage, color_hex, is_side, is_end, wip_limit, target_duration_days, count, arr, median_days, overdue, cards, next}]} of the accounts that meet criteria (NULL: all the caller sees). Figures are of all accounts in a column; cards are the first per_column (1 to 500) by sort: overdue (longest in the stage first), arr, score (worst first), renewal or name; next is what board_cards takes as after, NULL where all are shown. Errors: 22023 with the field.';
comment on function cs.board_cards(uuid, jsonb, text, text, integer) is
    'The next cards of one column of the board, page_size (1 to 500) of them after where next of board or of the page before says, with the same criteria and sort: {cards, next}. Errors: P0002 no such stage, 22023 with the field.';
comment on function cs.check_period(timestamptz, timestamptz) is
    'Internal: true where since is before until, for functions over a period; else 22023.';
comment on function cs.complete_milestone(uuid, uuid, text) is
    'Marks a milestone of an account as done, or as waived where a reason is given, and returns it. One that is already done or waived stays as it is. Contributors on own accounts, Practitioners, Tenant Admins. Errors: P0002 no such account or milestone, 42501.';
comment on function cs.save_milestones(uuid, jsonb) is
    'Adds and changes milestones of a stage by an array of {id, title, description, is_required, due_after_days, display_order, criteria, is_active}: without id a new one; absent = unchanged, null = cleared. Returns all of the stage. Tenant Admins. Errors: P0002 no such stage or milestone, 22023 with the path of the fault, 42501.';
comment on function cs.log_activity(uuid, text, text, timestamptz, uuid) is
    'Logs a call, email, meeting or note of an account, now or at a moment in the past, or a task due at a moment and, where given, assigned to a colleague; returns the row. Contributors on own accounts, Practitioners, Tenant Admins. Errors: P0002 no such account or member, 22023 with the field, 42501.';
comment on function cs.update_activity(uuid, jsonb) is
    'Changes kind, body, at or assigned_to of an activity, absent = unchanged, and returns the row: its writer within 15 minutes, a Tenant Admin always; audited. Errors: P0002 no such activity or member, 22023 with the field, 42501.';
comment on function cs.complete_task(uuid) is
    'Marks a task as done now and returns it. One that is already done stays as it is. Contributors on own accounts, Practitioners, Tenant Admins. Errors: P0002 no such activity, 22023 where it is not a task, 42501.';
comment on function cs.tg_activities__check() is 'Checks an activity; lets those who did not write it only complete it.';
comment on function cs.timeline_scope(uuid, text) is
    'Internal: the accounts that family_timeline covers, as far as the caller sees them. Errors: P0002 no such account, 22023 unknown scope.';
comment on function cs.account_changes(uuid, boolean, timestamptz, text, integer) is
    'Internal: what was changed in an account the caller sees. Read field_history or account_timeline instead. Errors: P0002 no such account.';
comment on function cs.account_360(uuid) is
    'Everything that the page of one account shows, in one call: account, breadcrumb, stage, fields (custom ones, with their values), contacts (the primary one first), milestones, health, explain_top, rollup, children, timeline, deliveries, permissions, version. Errors: P0002 no such account.';
comment on function cs.search_everything(text, integer) is
    'What the caller sees under a name: accounts (also by external id, domain and website), people (@ before the query: only these), stages (#), playbooks, saved views. Case does not matter. Best matches first: the whole name, its beginning, the beginnings of its words, a part of it, a similar name. Nothing for fewer than two letters.';
comment on function cs.save_view(jsonb, integer) is
    'Makes a saved view of {page, name, criteria, settings, is_shared}, or with an id changes one''s own: absent = unchanged, null = cleared; returns the row. All members; sharing is for Practitioners and Tenant Admins. Errors: P0002 no such view, 27000 where expected_version is no longer its version, 23505 name taken, 22023 with the field, 42501.';
comment on function cs.delete_view(uuid) is
    'Removes a saved view of one''s own, or, for a Tenant Admin, a shared one. Errors: P0002 no such view, 42501.';
comment on function cs.save_preferences(jsonb) is
    'Merges a change into one''s own preferences in the current tenant (JSON Merge Patch, RFC 7396: null removes) and returns them all. Errors: 22023 where they exceed 16 kB.';
comment on function cs.tg_saved_views__check() is 'Checks a saved view, turns names in its criteria into ids, keeps version and updated_at.';
comment on function cs.tg_user_preferences__check() is 'Keeps preferences within 16 kB.';
comment on function cs.stages_version() is
    'A short text that changes whenever a stage of the own tenant does: the expected_version of save_stages.';
comment on function cs.save_stages(jsonb, text) is
    'Adds, changes, renames and orders stages by an array of {id, name, display_order, target_duration_days, color_hex, is_side, is_end, is_active, wip_limit}: without id a new one; absent = unchanged, null = cleared. Returns {version, stages}. Tenant Admins. Errors: 27000 where expected_version is no longer stages_version(), P0002 no such stage, 22023 with the path of the fault, 42501.';
comment on function cs.delete_stage(uuid, text) is
    'Removes a stage, moving the accounts in it to another (name or id) first; one with history is kept and becomes inactive. Returns {moved, kept, named_by: what still names it, of what the caller sees, [{kind, id, name}] as of named_by}. Tenant Admins. Errors: P0002 no such stage, 22023 where accounts are in it and move_to is missing, 42501.';
comment on function cs.tg_configuration__forget() is
    'Makes every backend forget, when the transaction commits, what it remembers of this table.';
comment on function cs.tg_stage_milestones__check() is 'Checks a milestone, and turns names in its criteria into ids.';
comment on function cs.tg_accounts__check() is
    'Checks CRM attributes and custom fields, stage and status, holds back moves with open milestones, keeps version and updated_at, and the place of a single account in the tree.';
comment on function cs.tg_accounts__lock_tree() is 'Makes transactions that change parents wait for each other before any row is locked.';
comment on function cs.tg_accounts__check_relatives() is
    'Refuses a parent that does not exist at the end of the statement, and the deletion of an account that has subsidiaries.';
comment on function cs.tg_accounts__place() is
    'Rewrites level and path of every subtree that a statement moved; refuses cycles and trees that are too deep.';
comment on function cs.tg_accounts__auto_complete() is
    'Completes milestones whose criteria are true of accounts that were created or changed.';
comment on function cs.tg_health_scores__auto_complete() is
    'Completes milestones whose criteria are true of accounts that have a new current score.';
comment on function cs.tg_stage_milestones__auto_complete() is
    'Completes milestones that were created or changed, for the accounts in their stage that meet their criteria.';
comment on function cs.tg_accounts__record_stage() is 'Closes the open history row of every moved account and opens the next.';
comment on function cs.tg_accounts__record_arr() is 'Closes the open row of arr_history of every account whose ARR changed, and opens the next.';
comment on function cs.hidden_children() is
    'Internal, for counted_arr: of the accounts the caller sees whose ARR includes that of their children, the ARR of direct children the caller does not see, as one sum each. Empty for roles that see all accounts.';
comment on function cs.hidden_children_history() is
    'Internal, for arr_at: as hidden_children, over time.';
comment on function cs.dashboard_criteria(jsonb, jsonb) is
    'Internal: the criteria of the list behind a tile: those given, without lost customers unless they mention status, and the tile''s own.';
comment on function cs.retention_criteria(jsonb) is
    'Internal: criteria without those conditions on status that could be left out by themselves, because lost customers no longer meet them.';
comment on function cs.accept_silence(text, text) is
    'Says that the silence of a type of usage is real, with a reason: scores are no longer measured from its last row, and playbooks may fire. It ends with the next row of the type. Returns its id. Tenant Admins. Errors: 22023 with the field, 42501.';
comment on function cs.withdraw_silence(text) is
    'Takes back what accept_silence said of a type of usage. Tenant Admins. Errors: P0002 nothing accepted, 22023 with the field, 42501.';
comment on function cs.tenant_outages(uuid) is
    'Internal: the types of usage of the own tenant that came regularly and have been silent for too long now; for the view feed_outages.';
comment on function cs.usage_pauses(uuid, date) is
    'The days that do not pass for the usage of an account, since a day: kind quiet (quiet periods of the health model; metric_type NULL, all types), outage (the feed of a type was out, or is: to_day NULL) or accepted (it is silent, and a Tenant Admin said that this is real). to_day is the last such day. Errors: P0002 no such account.';
comment on function cs.counted_days(timestamptz, timestamptz, text, jsonb) is
    'Internal: whole days of 24 hours between two moments, without the quiet periods of a health model.';
comment on function cs.counted_days_before(timestamptz, integer, text, jsonb) is
    'Internal: the moment that is this many local days before another one, without the quiet periods of a health model.';
comment on function cs.tg_health_scores__supersede() is
    'Checks scores, fills created_at, risk_level and previous_score, and closes the row that was current.';
comment on function cs.tg_health_models__check() is
    'Checks a version of the health model, writes its defaults out, gives it the next number, and refuses to edit one.';
comment on function cs.tg_usage_metrics__mark() is 'Marks the accounts whose usage changed, for the worker to compute.';
comment on function cs.tg_accounts__mark_health() is
    'Marks accounts whose seats, status or anything else that a cap may depend on changed, for the worker to compute.';
comment on function cs.save_playbook(jsonb, integer) is
    'Saves a playbook by {id, name, description, trigger_criteria, actions, webhook_url, webhook_secret, headers, cooldown_minutes, max_executions_per_day, is_ordered, max_attempts, is_active}, and returns it as playbook_overview shows it, with warnings: sentences about circles that it closes with others. Without id a new one, a draft unless is_active is true; absent = unchanged, null = cleared. Each change is a version. Tenant Admins. Errors: P0002 no such playbook, 22023 with the field, 23505 name taken, 27000 where expected_version is not the current one, 42501.';
comment on function cs.activate_playbook(uuid, text, text) is
    'Switches a playbook on, or ends its pause, and returns it as playbook_overview shows it, with results: how often each came, and dropped: how many deliveries were. scope new: for what happens from now on; present: also for the accounts that are in the state already, as if it had happened now. queued: what it had queued before and is not under way; send, or drop: those fail and say who dropped them. Of one that is on already nothing is dropped. Tenant Admins. Errors: P0002 no such playbook, 22023 for another scope or queued, and where there is no such state, 42501.';
comment on function cs.rotate_webhook_secret(uuid) is
    'Gives a playbook a new webhook_secret and returns it, this once: nobody can read it afterwards. For 24 hours deliveries are signed with the one before too. Tenant Admins. Errors: P0002 no such playbook, 42501.';
comment on function cs.retry_webhook(uuid[], text) is
    'Sends deliveries again, under the same webhook-id, and returns {retried, under_way}: those that failed or arrived, with tries from the beginning (those before stay in webhook_attempts); those that still wait are due now. mode as_sent: the same payload; rebuilt: account and playbook as of today, while event_id, event_type, previous_stage, triggered_at, sequence and chain stay; a Slack message or mail is only sent as it was. Those under way are left alone and counted. At most 10000 ids. Contributors on own accounts, Practitioners, Tenant Admins. Errors: P0002 no such delivery, 22023 where a playbook is off, paused or deleted, or one cannot be rebuilt since its account is gone, 42501.';
comment on function cs.retry_webhooks(jsonb, text) is
    'Sends all deliveries of the tenant again that meet {playbook_id, account_id, status (failed, the default, or pending), host, response_status, since, until (when they were made), error (a part of last_error)}, the oldest 10000 of them, and returns {retried, left (call again), of_idle_playbooks (left out: their playbook is off, paused or deleted)}; otherwise as retry_webhook. mode rebuilt sends what cannot be rebuilt as it was. What has arrived is only sent again by retry_webhook. Tenant Admins. Errors: 22023 with the path of the fault, 42501.';
comment on function cs.cancel_webhook(uuid[]) is
    'Ends deliveries that still wait, are held or are under way, and returns {cancelled, over (were so already)}: they fail, and last_error says who cancelled them. One that is under way may arrive all the same. At most 10000 ids. Contributors on own accounts, Practitioners, Tenant Admins. Errors: P0002 no such delivery, 42501.';
comment on function cs.cancel_webhooks(jsonb) is
    'Ends all deliveries of the tenant that still wait or are under way and meet {playbook_id, account_id, status (pending or processing; absent: both), host, response_status, since, until (when they were made), error}, the oldest 10000 of them, and returns {cancelled, left (call again)}. Tenant Admins. Errors: 22023 with the path of the fault, 42501.';
comment on function cs.automation_figures() is 'Internal, for the view automation_health.';
comment on function cs.automation_metrics() is
    'For the gateway alone: figures of the whole database for Prometheus: name, of (a duty of the workers, or a reason), value. Names no tenant.';
comment on function cs.worker_vitals() is
    'For members of pg_monitor: the workers of this database as they were seen last, from shared memory: duty (deliveries or chores), pid, started_at, beat_at (NULL: it does not say), deliveries under way, bytes of payloads in its memory, tries that arrived (sent) and that did not (failed) since it started.';
comment on function cs.pause_playbook(uuid) is
    'Pauses a playbook until activate_playbook, and returns it as playbook_overview shows it. Tenant Admins. Errors: P0002 no such playbook, 42501.';
comment on function cs.pause_all_playbooks() is 'Pauses all active playbooks of the tenant and returns how many. Tenant Admins.';
comment on function cs.delete_playbook(uuid) is
    'Deletes a playbook; its runs are kept. Tenant Admins. Errors: P0002 no such playbook, 42501.';
comment on function cs.preview_playbook(jsonb, jsonb) is
    'The accounts that are now in the state that an event means and meet criteria (null: all), the largest ARR first, with the values that say so: whom activate_playbook would run it for with the scope present. Tenant Admins. Errors: 22023 with the field.';
comment on function cs.backtest_playbook(jsonb, jsonb, jsonb, integer) is
    'When a playbook that waits for this event, for accounts that meet criteria (null: all), would have run over the last days (1 to 365; 90), over the tenant''s own history as it was then, and what would have held it back: a row per match in order, results as playbook_executions has them, matches that a gate held back decided anew when it opened. limits: {cooldown_minutes (60), max_executions_per_day (null: any number)}. Where fields that decided may not have been so, since history does not tell, event has doubts. Usage and touches count by when they happened, however late they were sent; scores of a newly published model are left out; what is looked for once a day is taken at midnight. Tenant Admins. Errors: 22023 with the field, also where it would have happened more than 250,000 times, and for manual events.';
comment on function cs.explain_playbook(uuid, uuid) is
    'Why a playbook ran or did not run for an account, step by step: whether it waits, the last event of its kind on the account, each condition with the value at that moment, each gate, and what became of it. passed: whether the way went on there; note: more of it, also why a value may not be what it was. Who sees both. Errors: P0002 no such playbook or account, 22023 where the playbook cannot be read.';
comment on function cs.run_playbook(uuid, uuid, boolean) is
    'Runs a playbook for an account by hand, through all gates, and returns {result, reason, event, payload, actions, execution_id}; result null: its conditions do not hold. dry_run, the default, does it all and takes it back, also for a playbook that is not active. Contributors for own accounts, Practitioners and Tenant Admins; what waits for other than manual events only Tenant Admins. Errors: P0002 no such playbook or account, 22023 where it is not active, 42501.';
comment on function cs.send_test_webhook(uuid, uuid) is
    'Queues what a playbook would send about an account (null: the oldest), webhooks with event_type test and mail to the caller alone, also while the playbook is not active, and returns {webhook_ids, payload}; it is no run. Tenant Admins. Errors: P0002 no such playbook or account, 22023 where it sends nothing, 42501.';
comment on function cs.release_burst(uuid, integer) is
    'Runs the playbook of a burst for the first at_most accounts that wait in it (null: all), through the gates as they are now, and returns {released, left, results}. Tenant Admins. Errors: P0002 no such burst, 22023 where its playbook is not active, 42501.';
comment on function cs.drop_burst(uuid) is
    'Ends a burst without running anything, and returns how many accounts waited. Tenant Admins. Errors: P0002 no such burst, 42501.';
comment on function cs.playbook_problem(jsonb, jsonb) is
    'Internal: what a trigger and actions name that is gone or no longer in use, as a sentence; NULL: nothing.';
comment on function cs.run_reason(text, text) is 'Internal: why a match came to a result, as a sentence.';
comment on function cs.tg_playbooks__check() is
    'Checks trigger, actions, URLs, secret and headers of a playbook; puts ids in place of names; makes a secret where none is given.';
comment on function cs.tg_playbooks__record_version() is 'Keeps every version of a playbook in playbook_versions.';
comment on function cs.tg_playbooks__enter() is
    'Enters in silence what is so already when a playbook that waits for something to last begins to wait.';
comment on function cs.tg_playbooks__match() is
    'Matches new stays, scores and changes of accounts against the playbooks that wait for them; writes executions and deliveries in the same transaction.';
comment on function cs.tg_audit__record() is 'Records what a statement changed, by whom, from its transition tables.';
comment on function cs.tg_audit_log__refuse() is 'Keeps the audit log append-only.';
comment on function cs.tg_webhook_queue__address() is
    'Fills where a delivery goes, how often it is tried and which installation may send it, so that a bare insert is enough, and tells the worker once the transaction has committed.';
comment on function cs.tg_webhook_queue__due() is 'Tells the worker, once the transaction has committed, that a delivery is due or has another time.';
comment on function cs.tg_webhook_queue__reorder() is 'Tells the worker, once the transaction has committed, that the next delivery of an ordered playbook may go.';
comment on function cs.tg_webhook_queue__release() is 'Tells the worker, once the transaction has committed, that what waited for a playbook or tenant may go, or is to be cancelled.';
comment on function cs.tg_events__gather() is
    'Collects the ids of a topic that a statement changed, to be sent to live clients when the transaction commits.';
comment on function cs.listen_to_events() is
    'For the gateway alone: makes this session receive {tenant, topic, ids, actor, client} of every transaction that changes something, on a channel whose name stays secret. Errors: 0A000 on a standby.';
