// Plays what the benchmark tells it to, and notes when frames are shown. /page.html?player=NAME
'use strict';

const RETRY_MILLIS = 50;
const STALL_MILLIS = 500;
// A frame that begins this much before a position is the frame at that position.
const FRAME_SECONDS = 0.05;
const video = document.getElementById('video');
const parameters = new URLSearchParams(location.search);

function pause(millis) {
  return new Promise((resolve) => setTimeout(resolve, millis));
}

// What the player gives up on; nobody has to listen.
let fail;
const failed = new Promise((resolve, reject) => { fail = (message) => reject(new Error(message)); });
failed.catch(() => {});

// The settings are the players' own, as on the watch page.
const players = {
  dash: {
    file: 'dash.all.min.js',
    play(url) {
      const dash = window.dashjs.MediaPlayer().create();
      dash.on('error', (event) => fail('dash.js: ' + event.error.code + ' ' + event.error.message));
      dash.initialize(video, url, true);
    },
  },
  hls: {
    file: 'hls.min.js',
    play(url) {
      const hls = new window.Hls({ enableWorker: false });
      hls.on(window.Hls.Events.ERROR, (name, error) => error.fatal && fail('hls.js: ' + error.details));
      hls.loadSource(url);
      hls.attachMedia(video);
    },
  },
  shaka: {
    file: 'shaka-player.compiled.js',
    async play(url) {
      const complain = (error) => error.severity === 2 && fail('Shaka: ' + error.code);
      const shaka = new window.shaka.Player();
      shaka.addEventListener('error', (event) => complain(event.detail));
      await shaka.attach(video);
      await shaka.load(url).catch(complain);
    },
  },
};
const player = players[parameters.get('player')];

// Kept when the player's library is there.
const ready = new Promise((resolve, reject) => {
  const element = document.createElement('script');
  element.src = '/players/' + player.file;
  element.onload = () => resolve(true);
  element.onerror = () => reject(new Error('the web server has no ' + player.file));
  document.head.append(element);
});

let waiting = [];
let lastShown = null;
const stalls = { count: 0, millis: 0 };

function noteGap(until) {
  if (lastShown !== null && until - lastShown > STALL_MILLIS) {
    stalls.count++;
    stalls.millis += until - lastShown;
  }
}

function shown(now, frame) {
  const at = Date.now();
  noteGap(at);
  lastShown = at;
  waiting = waiting.filter((one) => frame.mediaTime < one.seconds || one.resolve(at));
  video.requestVideoFrameCallback(shown);
}
video.requestVideoFrameCallback(shown);

// The time at which a frame at or past a position in the media is shown; rejected when the player fails first.
function frameFrom(seconds) {
  return Promise.race([failed, new Promise((resolve) => waiting.push({ seconds, resolve }))]);
}

// What a client without any notification does.
async function awaitManifest(url) {
  for (;;) {
    const answer = await fetch(url);
    if (answer.ok) {
      await answer.text();
      return;
    }
    const problem = await answer.json();
    if (problem.code !== 'not_playable_yet') {
      throw new Error(url + ': ' + problem.code + ' ' + problem.detail);
    }
    await pause(RETRY_MILLIS);
  }
}

window.bench = {
  ready: () => ready,

  async start(url) {
    await awaitManifest(url);
    const manifestMillis = Date.now();
    player.play(url);
    const frameMillis = await frameFrom(0);
    return { manifestMillis, frameMillis };
  },

  // Once a second of it was shown, moves to a share of its length and a second more.
  async seek(share) {
    await frameFrom(1);
    const target = share * video.duration + 1;
    const before = Date.now();
    const next = frameFrom(target - FRAME_SECONDS);
    video.currentTime = target;
    return (await next) - before;
  },

  async toTheEnd(patienceMillis) {
    let ranges = 0;
    video.addEventListener('timeupdate', () => { ranges = Math.max(ranges, video.buffered.length); });
    const ended = new Promise((resolve) => video.addEventListener('ended', () => resolve(null)));
    const late = pause(patienceMillis).then(() => 'not at its end in time');
    const complaint = await Promise.race([ended, late, failed.catch((e) => e.message)]);
    noteGap(Date.now());
    const { totalVideoFrames, droppedVideoFrames } = video.getVideoPlaybackQuality();
    return {
      ended: video.ended,
      complaint,
      stalls: stalls.count,
      stalledMillis: stalls.millis,
      ranges,
      frames: totalVideoFrames,
      dropped: droppedVideoFrames,
    };
  },
};
