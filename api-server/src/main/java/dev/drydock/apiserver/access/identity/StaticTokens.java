package dev.drydock.apiserver.access.identity;

import dev.drydock.apiserver.request.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The tokens of `--token-auth-file`: one line each, `token,user,uid,"group1,group2"`.
public final class StaticTokens implements BearerTokens {
  private final Map<String, User> users;

  private StaticTokens(Map<String, User> users) {
    this.users = Map.copyOf(users);
  }

  /// @throws IllegalArgumentException when a line lacks a column
  public static StaticTokens read(Path file) throws IOException {
    return of(Files.readAllLines(file));
  }

  static StaticTokens of(List<String> lines) {
    Map<String, User> users = new HashMap<>();
    for (String line : lines) {
      if (line.isBlank()) {
        continue;
      }
      List<String> columns = columns(line);
      if (columns.size() < 3) {
        throw new IllegalArgumentException(
            "token auth file must have at least 3 columns (token, user name, user uid), found "
                + columns.size());
      }
      List<String> groups =
          columns.size() < 4 || columns.get(3).isEmpty()
              ? List.of()
              : List.of(columns.get(3).split("\\s*,\\s*"));
      if (!columns.getFirst().isEmpty()) {
        users.put(columns.get(0), new User(columns.get(1), columns.get(2), groups, Map.of()));
      }
    }
    return new StaticTokens(users);
  }

  private static List<String> columns(String line) {
    List<String> columns = new ArrayList<>();
    StringBuilder column = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        columns.add(column.toString().trim());
        column.setLength(0);
      } else {
        column.append(c);
      }
    }
    columns.add(column.toString().trim());
    return columns;
  }

  @Override
  public Reading read(String token, List<String> audiences) {
    User user = users.get(token);
    return user == null ? Reading.FOREIGN : new Reading.Stands(user, audiences);
  }
}
