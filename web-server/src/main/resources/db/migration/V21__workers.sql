-- Processes that encode, and what they have around the programs that touch media. They say so again and again; times are milliseconds since 1970 UTC.
create table workers (
  id       varchar(32)  not null primary key,
  host     varchar(255) not null,
  -- What the sandbox keeps the programs from.
  files    boolean      not null,
  ports    boolean      not null,
  signals  boolean      not null,
  calls    boolean      not null,
  -- The kernel's version of Landlock; 0: none.
  landlock integer      not null,
  -- Whether prlimit bounds them.
  limits   boolean      not null,
  -- Why there is no sandbox; empty where there is one.
  reason   varchar(1024) not null,
  seen_at  bigint       not null
);
