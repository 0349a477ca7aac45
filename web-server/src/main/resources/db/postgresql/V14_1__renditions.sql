-- Of what was published before.
update packaging set renditions = cast(json_build_object('renditions', (
  select json_agg(json_build_object('name', r.v -> 'id', 'width', r.v -> 'width', 'height', r.v -> 'height',
    'bitrate', r.v -> 'bandwidth' -> 'peak', 'codecs', r.v -> 'codecs') order by t.n, r.n)
  from json_array_elements(cast(presentation as json) -> 'periods' -> 0 -> 'videos') with ordinality t (v, n),
    json_array_elements(t.v -> 'representations') with ordinality r (v, n))) as text)
where json_array_length(cast(presentation as json) -> 'periods' -> 0 -> 'videos') > 0;
update packaging set renditions = cast(json_build_object('renditions', json_build_array(json_build_object(
  'name', a.v -> 'id', 'bitrate', a.v -> 'bandwidth' -> 'peak', 'codecs', a.v -> 'codecs'))) as text)
from (select asset, cast(presentation as json) -> 'periods' -> 0 -> 'audios' -> 0 -> 'representations' -> 0 as v from packaging) a
where a.asset = packaging.asset and json_array_length(cast(presentation as json) -> 'periods' -> 0 -> 'videos') = 0;

update packaging_shown set renditions = cast(json_build_object('renditions', (
  select json_agg(json_build_object('name', r.v -> 'id', 'width', r.v -> 'width', 'height', r.v -> 'height',
    'bitrate', r.v -> 'bandwidth' -> 'peak', 'codecs', r.v -> 'codecs') order by t.n, r.n)
  from json_array_elements(cast(presentation as json) -> 'periods' -> 0 -> 'videos') with ordinality t (v, n),
    json_array_elements(t.v -> 'representations') with ordinality r (v, n))) as text)
where json_array_length(cast(presentation as json) -> 'periods' -> 0 -> 'videos') > 0;
update packaging_shown set renditions = cast(json_build_object('renditions', json_build_array(json_build_object(
  'name', a.v -> 'id', 'bitrate', a.v -> 'bandwidth' -> 'peak', 'codecs', a.v -> 'codecs'))) as text)
from (select asset, cast(presentation as json) -> 'periods' -> 0 -> 'audios' -> 0 -> 'representations' -> 0 as v from packaging_shown) a
where a.asset = packaging_shown.asset and json_array_length(cast(presentation as json) -> 'periods' -> 0 -> 'videos') = 0;
