-- Videos that are deleted but can still be restored, and those that are to be deleted by themselves.
alter table videos add column deleted_at bigint;
alter table videos add column expires_at bigint;
create index videos_by_deletion on videos (deleted_at) where deleted_at is not null;
create index videos_by_expiry on videos (expires_at) where expires_at is not null and deleted_at is null;

-- Each time for which videos were cleaned up. Whoever adds the row does it.
create table cleanups (
  due_at   bigint  not null primary key,
  began_at bigint  not null,
  ended_at bigint,
  -- How many were deleted because they expired, and how many deleted ones were purged.
  expired  integer not null,
  purged   integer not null
);
