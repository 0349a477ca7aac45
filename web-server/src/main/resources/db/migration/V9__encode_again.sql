-- Encoding again, by another profile, while what was made before goes on playing.

-- How well, and in which sizes: standard, small, archive.
alter table packaging add column profile varchar(32) not null default 'standard';

-- The job whose work the row tells of.
alter table packaging add column job varchar(20);
update packaging set job = (select j.id from jobs j where j.asset = packaging.asset);

alter table jobs add column profile varchar(32) not null default 'standard';

-- What plays, of assets that are being encoded again: the row of packaging tells of the new encoding then.
create table packaging_shown (
  asset        varchar(20)  not null primary key,
  status       varchar(16)  not null,
  stage        varchar(32)  not null,
  error_code   varchar(64),
  error_detail varchar(1024),
  revision     varchar(20)  not null,
  facts        text,
  plan         text,
  presentation text         not null,
  profile      varchar(32)  not null,
  job          varchar(20),
  updated_at   bigint       not null
);

-- Of revisions that were replaced: who has their manifests may play them until they are deleted.
alter table packaging_sweeps add column plan text;
alter table packaging_sweeps add column presentation text;
