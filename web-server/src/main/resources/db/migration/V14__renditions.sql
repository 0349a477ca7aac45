-- The qualities that people can choose from, as lists of videos show them: what is in the presentation, without the rest.
alter table packaging add column renditions text;
alter table packaging_shown add column renditions text;
