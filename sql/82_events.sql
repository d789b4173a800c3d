-- Owns the name of the channel on which changes are announced. In: the installer. Out: the triggers, and the gateway's session.

create table cs.event_channel (
    only_row boolean not null default true,
    name text not null,
    constraint event_channel_pkey primary key (only_row),
    constraint event_channel_only_row_check check (only_row)
);
comment on table cs.event_channel is
    'Channel of the notifications that the gateway receives by listen_to_events(). Any role may LISTEN, so the name is random and no role may read it.';

alter table cs.event_channel owner to cs_owner;
