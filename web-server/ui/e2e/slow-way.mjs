import net from "node:net";

/**
 * A way to the server on which what is sent takes its time. (What browsers themselves pretend of the network
 * does not hold for the files that they send.)
 */
export async function slowWay(base, bytesPerSecond) {
  const { hostname, port } = new URL(base);
  const way = { bytesPerSecond, sentBytes: 0 };
  const sockets = new Set();
  const server = net.createServer((client) => {
    const upstream = net.connect(Number(port), hostname);
    upstream.pipe(client);
    client.on("data", (bytes) => {
      client.pause();
      way.sentBytes += bytes.length;
      upstream.write(bytes);
      setTimeout(() => client.resume(), (bytes.length / way.bytesPerSecond) * 1000);
    });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(way, {
    baseURL: `http://127.0.0.1:${server.address().port}`,
    /** What is on its way is lost. */
    cut() {
      for (const socket of sockets) {
        socket.destroy();
      }
    },
    close() {
      server.close();
      this.cut();
    },
  });
}
