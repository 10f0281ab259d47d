package dev.drydock.api.selector;

import dev.drydock.api.selector.Requirement.Operator;
import dev.drydock.api.status.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Reads the URL syntax of label selectors, with Kubernetes' error texts.
final class LabelSelectorParser {
  private enum Token {
    IDENTIFIER,
    OPERATOR,
    NOT,
    COMMA,
    OPEN,
    CLOSE,
    END
  }

  private record Lexeme(Token token, String text) {}

  private static final String OPERATORS = "in, notin, =, ==, !=, gt, lt";

  private final List<Lexeme> lexemes = new ArrayList<>();
  private int next;

  LabelSelectorParser(String text) {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int end = at + 1;
      if (Character.isWhitespace(c)) {
        at = end;
        continue;
      }
      if (isSymbol(c)) {
        if ((c == '=' || c == '!') && end < text.length() && text.charAt(end) == '=') {
          end++;
        }
      } else {
        while (end < text.length()
            && !isSymbol(text.charAt(end))
            && !Character.isWhitespace(text.charAt(end))) {
          end++;
        }
      }
      lexemes.add(lexeme(text.substring(at, end)));
      at = end;
    }
    lexemes.add(new Lexeme(Token.END, ""));
  }

  private static boolean isSymbol(char c) {
    return "=!(),><".indexOf(c) >= 0;
  }

  private static Lexeme lexeme(String text) {
    Token token =
        switch (text) {
          case "," -> Token.COMMA;
          case "(" -> Token.OPEN;
          case ")" -> Token.CLOSE;
          case "!" -> Token.NOT;
          case "=", "==", "!=", "<", ">" -> Token.OPERATOR;
          default -> Token.IDENTIFIER;
        };
    return new Lexeme(token, text);
  }

  LabelSelector parse() {
    var requirements = new ArrayList<Requirement>();
    while (true) {
      Lexeme first = lexemes.get(next);
      switch (first.token()) {
        case IDENTIFIER, NOT -> requirements.add(requirement());
        case END -> {
          return new LabelSelector(requirements);
        }
        case OPERATOR, COMMA, OPEN, CLOSE ->
            throw found(first, ", expected: !, identifier, or 'end of string'");
      }
      Lexeme after = lexemes.get(next++);
      if (after.token() == Token.END) {
        return new LabelSelector(requirements);
      }
      if (after.token() != Token.COMMA) {
        throw found(after, ", expected: ',' or 'end of string'");
      }
      Lexeme following = lexemes.get(next);
      if (following.token() != Token.IDENTIFIER && following.token() != Token.NOT) {
        throw found(following, ", expected: identifier after ','");
      }
    }
  }

  private Requirement requirement() {
    Lexeme key = lexemes.get(next++);
    boolean negated = key.token() == Token.NOT;
    if (negated) {
      key = lexemes.get(next++);
    }
    if (key.token() != Token.IDENTIFIER) {
      throw inRequirement(key, ", expected: identifier");
    }
    LabelSyntax.checkKey(key.text());
    if (negated) {
      return Requirement.checked(key.text(), Operator.DOES_NOT_EXIST, List.of());
    }
    Lexeme following = lexemes.get(next);
    if (following.token() == Token.END || following.token() == Token.COMMA) {
      return Requirement.checked(key.text(), Operator.EXISTS, List.of());
    }
    next++;
    Operator operator =
        switch (following.text()) {
          case "in" -> Operator.IN;
          case "notin" -> Operator.NOT_IN;
          case "=", "==" -> Operator.EQUALS;
          case "!=" -> Operator.NOT_EQUALS;
          case ">" -> Operator.GREATER_THAN;
          case "<" -> Operator.LESS_THAN;
          default -> throw inRequirement(following, ", expected: " + OPERATORS);
        };
    List<String> values =
        operator == Operator.IN || operator == Operator.NOT_IN ? valueSet() : exactValue();
    return Requirement.checked(key.text(), operator, values);
  }

  private List<String> exactValue() {
    Lexeme value = lexemes.get(next);
    if (value.token() == Token.END || value.token() == Token.COMMA) {
      return List.of("");
    }
    next++;
    if (value.token() != Token.IDENTIFIER) {
      throw inRequirement(value, ", expected: identifier");
    }
    return List.of(value.text());
  }

  private List<String> valueSet() {
    Lexeme open = lexemes.get(next++);
    if (open.token() != Token.OPEN) {
      throw inRequirement(open, " expected: '('");
    }
    var values = new TreeSet<String>();
    if (lexemes.get(next).token() == Token.CLOSE) {
      // Nothing between the brackets is one value: the empty one.
      next++;
      return List.of("");
    }
    boolean wantValue = true;
    while (true) {
      Lexeme lexeme = lexemes.get(next++);
      switch (lexeme.token()) {
        case IDENTIFIER -> {
          if (!wantValue) {
            throw inRequirement(lexeme, ", expected: ',' or ')'");
          }
          values.add(lexeme.text());
          wantValue = false;
        }
        case COMMA -> {
          if (wantValue) {
            values.add("");
          }
          wantValue = true;
        }
        case CLOSE -> {
          if (wantValue) {
            values.add("");
          }
          return List.copyOf(values);
        }
        case END, OPEN, OPERATOR, NOT ->
            throw inRequirement(
                lexeme, wantValue ? ", expected: ',', or identifier" : ", expected: ',' or ')'");
      }
    }
  }

  private static ApiException inRequirement(Lexeme lexeme, String expected) {
    return ApiException.badRequest(
        "unable to parse requirement: found '" + lexeme.text() + "'" + expected);
  }

  private static ApiException found(Lexeme lexeme, String expected) {
    return ApiException.badRequest("found '" + lexeme.text() + "'" + expected);
  }
}
