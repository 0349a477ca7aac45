-- Requests that carried an Idempotency-Key. Neither keys nor what was sent or answered can be read from it: all is keyed by
-- the key, which is not here. Times are milliseconds since 1970 UTC.
create table idempotency_keys (
  -- A code of the key and whose it is.
  id          varchar(64) not null primary key,
  -- A code of the request.
  fingerprint varchar(64) not null,
  -- Who carries the request out.
  attempt     varchar(20) not null,
  -- Until then nobody else does; null: it is done.
  lease_until bigint,
  -- What was answered, encrypted, in base 64.
  answer      text,
  expires_at  bigint      not null
);
create index idempotency_keys_by_end on idempotency_keys (expires_at);
create index idempotency_keys_by_attempt on idempotency_keys (attempt);
