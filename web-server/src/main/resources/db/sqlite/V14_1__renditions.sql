-- Of what was published before. (A subquery's JSON is text until json() says otherwise.)
update packaging set renditions = json_object('renditions', json((
  select json_group_array(json_object('name', json_extract(r.value, '$.id'), 'width', json_extract(r.value, '$.width'),
    'height', json_extract(r.value, '$.height'), 'bitrate', json_extract(r.value, '$.bandwidth.peak'),
    'codecs', json_extract(r.value, '$.codecs')))
  from json_each(presentation, '$.periods[0].videos') t, json_each(t.value, '$.representations') r)))
where json_array_length(presentation, '$.periods[0].videos') > 0;
update packaging set renditions = json_object('renditions', json_array(json_object(
  'name', json_extract(presentation, '$.periods[0].audios[0].representations[0].id'),
  'bitrate', json_extract(presentation, '$.periods[0].audios[0].representations[0].bandwidth.peak'),
  'codecs', json_extract(presentation, '$.periods[0].audios[0].representations[0].codecs'))))
where json_array_length(presentation, '$.periods[0].videos') = 0;

update packaging_shown set renditions = json_object('renditions', json((
  select json_group_array(json_object('name', json_extract(r.value, '$.id'), 'width', json_extract(r.value, '$.width'),
    'height', json_extract(r.value, '$.height'), 'bitrate', json_extract(r.value, '$.bandwidth.peak'),
    'codecs', json_extract(r.value, '$.codecs')))
  from json_each(presentation, '$.periods[0].videos') t, json_each(t.value, '$.representations') r)))
where json_array_length(presentation, '$.periods[0].videos') > 0;
update packaging_shown set renditions = json_object('renditions', json_array(json_object(
  'name', json_extract(presentation, '$.periods[0].audios[0].representations[0].id'),
  'bitrate', json_extract(presentation, '$.periods[0].audios[0].representations[0].bandwidth.peak'),
  'codecs', json_extract(presentation, '$.periods[0].audios[0].representations[0].codecs'))))
where json_array_length(presentation, '$.periods[0].videos') = 0;
