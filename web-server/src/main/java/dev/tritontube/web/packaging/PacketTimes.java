package dev.tritontube.web.packaging;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// When the packets of each stream are to be shown, in ticks of the stream, from ffprobe's list of
/// packets.
final class PacketTimes {
  /// 24 hours at 120 frames.
  private static final int MAX_PACKETS = 11_000_000;

  private static final int FIELDS = 5;

  private final Map<Integer, Times> streams = new HashMap<>();

  /// Reads lines of `stream,pts,dts,duration,flags`.
  void read(InputStream csv) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(csv, US_ASCII));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] fields = line.split(",", -1);
      if (fields.length >= FIELDS && !fields[4].contains("D")) {
        add(fields);
      }
    }
  }

  int count(int stream) {
    return of(stream).count;
  }

  /// Ascending, without those that are not shown. Decoding times where the file has no others.
  long[] times(int stream) {
    Times times = of(stream);
    long[] sorted = Arrays.copyOf(times.values, times.count);
    Arrays.sort(sorted);
    return sorted;
  }

  /// The earliest; 0 when there are none.
  long first(int stream) {
    return Arrays.stream(times(stream)).findFirst().orElse(0);
  }

  /// The end of the last packet.
  long end(int stream) {
    return of(stream).end;
  }

  private Times of(int stream) {
    return streams.getOrDefault(stream, new Times());
  }

  private void add(String[] fields) throws IOException {
    String shown = fields[1].equals("N/A") ? fields[2] : fields[1];
    if (shown.equals("N/A")) {
      return;
    }
    try {
      long length = fields[3].equals("N/A") ? 0 : Long.parseLong(fields[3]);
      streams
          .computeIfAbsent(Integer.parseInt(fields[0]), _ -> new Times())
          .add(Long.parseLong(shown), length);
    } catch (NumberFormatException e) {
      throw new IOException("not a packet: " + String.join(",", fields), e);
    }
  }

  private static final class Times {
    private long[] values = new long[1024];
    private int count;
    private long end;

    void add(long time, long length) throws IOException {
      if (count == MAX_PACKETS) {
        throw new IOException("more than " + MAX_PACKETS + " packets in a stream");
      }
      if (count == values.length) {
        values = Arrays.copyOf(values, count * 2);
      }
      end = count == 0 ? time + length : Math.max(end, time + length);
      values[count++] = time;
    }
  }
}
