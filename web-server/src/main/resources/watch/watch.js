// Shows how far a video is until it can be played, then plays it: ?player=dash (the default), hls or shaka.
'use strict';

const POLL_MILLIS = 1000;
const POLL_MILLIS_UNTIL_PLAYABLE = 250;
const PLAYERS = {
  dash: { file: 'dash.all.min.js', play: playDash },
  hls: { file: 'hls.min.js', play: playHls },
  shaka: { file: 'shaka-player.compiled.js', play: playShaka },
};
const video = document.getElementById('video');
const id = location.pathname.split('/').pop();
const asked = new URLSearchParams(location.search).get('player');
const player = Object.hasOwn(PLAYERS, asked) ? PLAYERS[asked] : PLAYERS.dash;
// Fetched while the video may still be waiting to become playable.
const library = script(player.file).catch((e) => e);

function say(text) {
  document.getElementById('status').textContent = text;
}

function script(file) {
  return new Promise((resolve, reject) => {
    const element = document.createElement('script');
    element.src = '/players/' + file;
    element.onload = () => resolve();
    element.onerror = () => reject(new Error(file + ' is not there'));
    document.head.append(element);
  });
}

function playDash(links) {
  const dash = window.dashjs.MediaPlayer().create();
  dash.initialize(video, links.dash, true);
  return dash;
}

function playHls(links) {
  if (!window.Hls.isSupported()) {
    throw new Error('no Media Source Extensions');
  }
  const hls = new window.Hls({ enableWorker: false });
  hls.loadSource(links.hls);
  hls.attachMedia(video);
  return hls;
}

async function playShaka(links) {
  window.shaka.polyfill.installAll();
  if (!window.shaka.Player.isBrowserSupported()) {
    throw new Error('no Media Source Extensions');
  }
  const shaka = new window.shaka.Player();
  await shaka.attach(video);
  await shaka.load(links.dash);
  return shaka;
}

async function play(links) {
  try {
    const missing = await library;
    if (missing) {
      throw missing;
    }
    // It has no menus for sound and captions: whoever wants others steers it by this.
    window.playing = await player.play(links);
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
        play(document_.links);
      }
      if (document_.status === 'COMPLETED' || document_.status === 'FAILED') {
        return;
      }
    } else {
      say('The server answered ' + answer.status);
    }
    const pause = playing ? POLL_MILLIS : POLL_MILLIS_UNTIL_PLAYABLE;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

follow().catch((e) => say(e.message));
