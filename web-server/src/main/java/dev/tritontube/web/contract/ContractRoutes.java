package dev.tritontube.web.contract;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.hash.Hashing;
import dev.tritontube.web.http.BundledFile;
import dev.tritontube.web.http.EntityTag;
import dev.tritontube.web.http.Json;
import dev.tritontube.web.http.Routes;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/// `GET /openapi.json`, and `GET /docs`: a page to read it and to try it. All of the page comes
/// from the program itself.
public final class ContractRoutes implements Routes {
  /// The icons are in the style sheet.
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; "
          + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
          + "frame-ancestors 'none'";

  private static final String SWAGGER = "/META-INF/resources/webjars/swagger-ui/" + version() + "/";
  private static final Map<String, String> FILES =
      Map.of(
          "docs.js", "/docs/docs.js",
          "swagger-ui.css", SWAGGER + "swagger-ui.css",
          "swagger-ui-bundle.js", SWAGGER + "swagger-ui-bundle.js",
          "favicon-32x32.png", SWAGGER + "favicon-32x32.png");

  private final Supplier<Contract> contract = Suppliers.memoize(Contract::assemble);

  private record Contract(byte[] json, EntityTag tag) {
    static Contract assemble() {
      byte[] json = Json.bytes(OpenApiDocument.assemble());
      return new Contract(json, new EntityTag(Hashing.murmur3_128().hashBytes(json).toString()));
    }
  }

  /// Of Swagger UI, which has it in its paths.
  private static String version() {
    Properties properties = new Properties();
    try (InputStream bytes =
        ContractRoutes.class.getResourceAsStream(
            "/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
      properties.load(Objects.requireNonNull(bytes, "Swagger UI is not there"));
      return properties.getProperty("version", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void addTo(JavalinDefaultRoutingApi routing) {
    Routes.readPlain(routing, "/openapi.json", this::document);
    Routes.read(routing, "/docs", ctx -> BundledFile.page(ctx, "/docs/index.html", POLICY));
    Routes.readPlain(routing, "/docs/{file}", ContractRoutes::file);
  }

  private void document(Context ctx) {
    Contract current = Objects.requireNonNull(contract.get());
    ctx.header("ETag", current.tag().toString()).header("Cache-Control", "no-cache");
    if (current.tag().noneMatchNames(Optional.ofNullable(ctx.header("If-None-Match")))) {
      ctx.status(304);
    } else {
      ctx.header("Content-Length", Integer.toString(current.json().length));
      ctx.contentType("application/json").result(current.json());
    }
  }

  private static void file(Context ctx) throws IOException {
    BundledFile.answer(ctx, FILES.getOrDefault(ctx.pathParam("file"), ""));
  }
}
