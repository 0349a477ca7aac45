// Shows how far a video is until it can be played, then plays it: ?player=dash (the default) or ?player=hls.
'use strict';

const POLL_MILLIS = 1000;
const video = document.getElementById('video');
const id = location.pathname.split('/').pop();
const wanted = new URLSearchParams(location.search).get('player') === 'hls' ? 'hls' : 'dash';

function say(text) {
  document.getElementById('status').textContent = text;
}

function script(file) {
  return new Promise((resolve, reject) => {
    const element = document.createElement('script');
    element.src = '/players/' + file;
    element.onload = resolve;
    element.onerror = () => reject(new Error(file + ' is not there'));
    document.head.append(element);
  });
}

async function playDash(url) {
  await script('dash.all.min.js');
  const player = window.dashjs.MediaPlayer().create();
  player.initialize(video, url, true);
}

async function playHls(url) {
  await script('hls.min.js');
  if (!window.Hls.isSupported()) {
    throw new Error('no Media Source Extensions');
  }
  const player = new window.Hls({ enableWorker: false });
  player.loadSource(url);
  player.attachMedia(video);
}

async function play(links) {
  try {
    await (wanted === 'hls' ? playHls(links.hls) : playDash(links.dash));
  } catch (e) {
    console.warn(e.message + ': the browser plays HLS by itself, if it can');
    video.src = links.hls;
  }
  video.play().catch(() => {});
}

function describe(document_) {
  document.title = document_.title + ' - TritonTube';
  document.getElementById('title').textContent = document_.title;
  document.getElementById('description').textContent = document_.description;
  if (document_.links.poster && !video.poster) {
    video.poster = document_.links.poster;
  }
}

function progress(document_) {
  switch (document_.status) {
    case 'COMPLETED':
      return document_.renditions.map((rendition) => rendition.name).join(' · ');
    case 'FAILED':
      return (document_.playable ? 'Some of its qualities are missing: ' : 'This cannot be played: ')
        + document_.error.detail;
    default: {
      const eta = document_.progress.etaSeconds;
      return document_.progress.stage + ' … ' + document_.progress.percent + ' %'
        + (eta === null ? '' : ', about ' + eta + ' s to go');
    }
  }
}

async function follow() {
  let playing = false;
  for (;;) {
    const answer = await fetch('/api/v1/videos/' + encodeURIComponent(id));
    if (answer.ok) {
      const document_ = await answer.json();
      describe(document_);
      say(progress(document_));
      if (document_.playable && !playing) {
        playing = true;
        await play(document_.links);
      }
      if (document_.status === 'COMPLETED' || document_.status === 'FAILED') {
        return;
      }
    } else {
      say('The server answered ' + answer.status);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLIS));
  }
}

follow().catch((e) => say(e.message));
