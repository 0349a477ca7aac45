-- Users, what they are signed in with, and what administrators did. Times are milliseconds since 1970 UTC.
create table users (
  -- Also the owner of what the user uploads.
  id            varchar(20)  not null primary key,
  -- In lower case.
  username      varchar(64)  not null,
  -- Argon2id in the form of the PHC; null: nobody can sign in with a password.
  password_hash varchar(256),
  -- viewer, uploader, admin
  role          varchar(16)  not null,
  -- ACTIVE; DISABLED; DELETING: what belongs to the user is being deleted, the row goes last.
  state         varchar(16)  not null,
  created_at    bigint       not null,
  updated_at    bigint       not null
);
create unique index users_by_name on users (username);
create index users_by_age on users (created_at, id);
create index users_by_state on users (state);

-- One for each time somebody signed in, with the family of refresh tokens that began there.
create table sessions (
  id         varchar(20) not null primary key,
  user_id    varchar(20) not null references users (id) on delete cascade,
  -- How often the refresh token was renewed: the token in use carries this number.
  serial     bigint      not null,
  created_at bigint      not null,
  expires_at bigint      not null
);
create index sessions_by_user on sessions (user_id, created_at);
create index sessions_by_end on sessions (expires_at);

create table api_keys (
  -- The one of the file admin.key is called so.
  id           varchar(20)  not null primary key,
  -- Null: it acts for the installation, and what it uploads belongs to the owner 'admin'.
  user_id      varchar(20) references users (id) on delete cascade,
  name         varchar(100) not null,
  -- SHA-256 of the key.
  key_hash     char(64)     not null,
  -- Words with a space between.
  scopes       varchar(100) not null,
  created_at   bigint       not null,
  expires_at   bigint,
  last_used_at bigint
);
create unique index api_keys_by_hash on api_keys (key_hash);
create index api_keys_by_user on api_keys (user_id, created_at);

-- One for each user who may choose a new password once.
create table password_resets (
  user_id    varchar(20) not null primary key references users (id) on delete cascade,
  -- SHA-256 of the token.
  token_hash char(64)    not null,
  expires_at bigint      not null
);

-- Attempts to sign in that did not succeed (yet), by account and by address.
create table sign_in_attempts (
  subject       varchar(80) not null primary key,
  failures      integer     not null,
  last_at       bigint      not null,
  -- Until then nobody is let try.
  blocked_until bigint      not null
);
create index sign_in_attempts_by_age on sign_in_attempts (last_at);

-- What all web servers sign with.
create table secrets (
  name  varchar(32) not null primary key,
  value varchar(64) not null
);

-- What administrators did.
create table audit (
  id         varchar(20)   not null primary key,
  at         bigint        not null,
  -- The id of a user or of a key.
  actor      varchar(64)   not null,
  actor_name varchar(128)  not null,
  action     varchar(100)  not null,
  target     varchar(500)  not null,
  request_id varchar(64)   not null
);
create index audit_by_age on audit (at, id);

-- Whose it is. What there was before there were users belongs to the owner 'admin'.
alter table followed_uploads add column owner varchar(64) not null default 'admin';
alter table events add column owner varchar(64) not null default 'admin';
create index videos_by_owner on videos (owner, created_at, id);
