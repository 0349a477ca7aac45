package dev.tritontube.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.remote.http.ClientConfig;

/// A Chromium without a window. The system properties `tritontube.chromium` and
/// `tritontube.chromedriver` name other programs than those in `/usr/bin`. For one thread, but for
/// [#close].
public final class Browser implements AutoCloseable {
  /// Longer than any script may run: how long that is, [#patience] says.
  private static final Duration ANSWER_PATIENCE = Duration.ofHours(24);

  // Warns of every version of Chromium that is newer than itself. Held, for loggers are collected.
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private final ChromeDriver driver;

  public Browser() {
    SELENIUM.setLevel(Level.SEVERE);
    driver =
        new ChromeDriver(
            service(), options(), ClientConfig.defaultConfig().readTimeout(ANSWER_PATIENCE));
  }

  private static ChromeDriverService service() {
    String program = System.getProperty("tritontube.chromedriver", "/usr/bin/chromedriver");
    return new ChromeDriverService.Builder()
        .usingDriverExecutable(Path.of(program).toFile())
        .usingAnyFreePort()
        .build();
  }

  private static ChromeOptions options() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(System.getProperty("tritontube.chromium", "/usr/bin/chromium"));
    options.setCapability("goog:loggingPrefs", Map.of("browser", "SEVERE"));
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--mute-audio",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--autoplay-policy=no-user-gesture-required");
    return options;
  }

  /// Opens a page and waits until it is loaded.
  public void open(URI address) {
    driver.get(address.toString());
  }

  /// How long the promises of scripts may take (30 s unless told otherwise).
  public void patience(Duration patience) {
    driver.manage().timeouts().scriptTimeout(patience);
  }

  /// Runs the body of a function in the page. If it returns a promise, waits for it.
  ///
  /// @return numbers as `Long` or `Double`, objects as maps
  /// @throws WebDriverException when the script throws, or its promise is rejected or not kept in
  ///   time
  public @Nullable Object script(String body, Object... arguments) {
    return driver.executeScript(body, arguments);
  }

  /// What the pages complained of since the last call.
  public List<String> severeLogLines() {
    return driver.manage().logs().get("browser").getAll().stream()
        .map(entry -> entry.getMessage())
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
