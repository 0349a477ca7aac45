package dev.tritontube.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is written about the client compiles.
class DocumentationTest {
  private static final Pattern CODE = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);
  private static final String AROUND =
      """
      import dev.tritontube.client.*;
      import java.net.URI;
      import java.nio.file.*;
      import java.time.*;
      import java.util.*;
      class Example {
        static void save(URI address) {}
        static URI saved() { return null; }
        static void show(long done, long total) {}
        static String key;
        static String id;
        static TritonTube tube;
        static void main() throws Exception {
        %s
        }
      }
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../README.md",
        "../docs/api.md",
        "src/main/java/dev/tritontube/client/package-info.java"
      })
  void compiles(String file) throws Exception {
    String text = Files.readString(Path.of(file)).replaceAll("(?m)^/// ?", "");
    List<String> examples = new ArrayList<>();
    for (Matcher code = CODE.matcher(text); code.find(); ) {
      examples.add(code.group(1));
    }
    assertTrue(!examples.isEmpty(), "no example in " + file);
    for (String example : examples) {
      assertEquals(List.of(), problems(AROUND.formatted(example)), example);
    }
  }

  private List<String> problems(String source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    compiler
        .getTask(
            null,
            null,
            problems,
            List.of("-d", folder.toString(), "-proc:none"),
            null,
            List.of(
                new SimpleJavaFileObject(
                    URI.create("memory:///Example.java"), JavaFileObject.Kind.SOURCE) {
                  @Override
                  public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                    return source;
                  }
                }))
        .call();
    return problems.getDiagnostics().stream().map(Object::toString).toList();
  }
}
