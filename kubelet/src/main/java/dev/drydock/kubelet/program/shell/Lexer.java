package dev.drydock.kubelet.program.shell;

import dev.drydock.kubelet.program.shell.SyntaxException.Kind;
import dev.drydock.kubelet.program.shell.Word.Literal;
import dev.drydock.kubelet.program.shell.Word.Part;
import dev.drydock.kubelet.program.shell.Word.Quoting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts a script into tokens.
final class Lexer {
  private static final List<String> OPERATORS =
      List.of(
          "<<<", "<<-", "&>>", "&&", "||", ";;", "<<", ">>", ">&", "<&", "&>", ">|", "<", ">", "|",
          "&", ";", "(", ")");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private final List<HereDocument> pending = new ArrayList<>();
  private int at;

  /// A token: exactly one of operator and word is set.
  ///
  /// @param operator also `\n` and, at the end, the empty text
  /// @param descriptor the digits right before a redirect, else -1
  record Token(String operator, @Nullable Word word, int descriptor) {
    static Token operator(String text, int descriptor) {
      return new Token(text, null, descriptor);
    }

    static Token word(Word word) {
      return new Token("word", word, -1);
    }
  }

  private record HereDocument(int token, Word delimiter, String operator) {}

  Lexer(String text) {
    this.text = text;
  }

  List<Token> tokens() {
    while (true) {
      skipBlanks();
      if (at >= text.length()) {
        if (!pending.isEmpty()) {
          throw new SyntaxException(Kind.INCOMPLETE, "here-document has no end");
        }
        tokens.add(Token.operator("", -1));
        return tokens;
      }
      next();
    }
  }

  private void skipBlanks() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ' ' || c == '\t' || c == '\r') {
        at++;
      } else if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
        at += 2;
      } else if (c == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else {
        return;
      }
    }
  }

  private void next() {
    if (text.charAt(at) == '\n') {
      at++;
      tokens.add(Token.operator("\n", -1));
      readHereDocuments();
      return;
    }
    int descriptor = -1;
    if (Character.isDigit(text.charAt(at))
        && at + 1 < text.length()
        && (text.charAt(at + 1) == '>' || text.charAt(at + 1) == '<')) {
      descriptor = text.charAt(at) - '0';
      at++;
    }
    for (String operator : OPERATORS) {
      if (text.startsWith(operator, at)) {
        at += operator.length();
        operator(operator, descriptor);
        return;
      }
    }
    tokens.add(Token.word(word()));
  }

  private void operator(String operator, int descriptor) {
    tokens.add(Token.operator(operator, descriptor));
    if (operator.equals("<<") || operator.equals("<<-")) {
      skipBlanks();
      pending.add(new HereDocument(tokens.size(), word(), operator));
      tokens.add(Token.word(Word.of("")));
    }
  }

  private void readHereDocuments() {
    for (HereDocument document : pending) {
      StringBuilder body = new StringBuilder();
      String end = literal(document.delimiter());
      while (true) {
        if (at >= text.length()) {
          throw new SyntaxException(Kind.INCOMPLETE, "here-document has no end");
        }
        int newline = text.indexOf('\n', at);
        String line = newline < 0 ? text.substring(at) : text.substring(at, newline);
        at = newline < 0 ? text.length() : newline + 1;
        String content = document.operator().equals("<<-") ? line.replaceFirst("^\t+", "") : line;
        if (content.equals(end)) {
          break;
        }
        body.append(content).append('\n');
      }
      Word word =
          document.delimiter().isQuoted()
              ? new Word(List.of(new Literal(body.toString(), Quoting.QUOTED)))
              : new Word(new Lexer(body.toString()).quoted((char) 0));
      tokens.set(document.token(), Token.word(word));
    }
    pending.clear();
  }

  private static String literal(Word word) {
    StringBuilder out = new StringBuilder();
    for (Part part : word.parts()) {
      if (part instanceof Literal(String content, Quoting _)) {
        out.append(content);
      }
    }
    return out.toString();
  }

  private Word word() {
    List<Part> parts = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    while (at < text.length() && " \t\r\n;&|<>()".indexOf(text.charAt(at)) < 0) {
      char c = text.charAt(at);
      switch (c) {
        case '\'' -> {
          flush(parts, plain);
          int end = text.indexOf('\'', at + 1);
          if (end < 0) {
            throw new SyntaxException(Kind.INCOMPLETE, "unterminated quoted string");
          }
          parts.add(new Literal(text.substring(at + 1, end), Quoting.QUOTED));
          at = end + 1;
        }
        case '"' -> {
          flush(parts, plain);
          at++;
          List<Part> inside = quoted('"');
          parts.addAll(inside);
          if (inside.isEmpty()) {
            parts.add(new Literal("", Quoting.QUOTED));
          }
        }
        case '\\' -> {
          flush(parts, plain);
          escape(parts);
        }
        case '$', '`' -> {
          flush(parts, plain);
          parts.add(substitution(Quoting.NONE));
        }
        default -> {
          plain.append(c);
          at++;
        }
      }
    }
    flush(parts, plain);
    return new Word(parts);
  }

  private void escape(List<Part> parts) {
    if (at + 1 >= text.length()) {
      throw new SyntaxException(Kind.INCOMPLETE, "text ends with a backslash");
    }
    if (text.charAt(at + 1) != '\n') {
      parts.add(new Literal(text.substring(at + 1, at + 2), Quoting.QUOTED));
    }
    at += 2;
  }

  /// What stands in double quotes; the opening one is behind us.
  ///
  /// @param end the closing quote; 0: the end of the text
  private List<Part> quoted(char end) {
    List<Part> parts = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    while (true) {
      if (at >= text.length()) {
        if (end == 0) {
          break;
        }
        throw new SyntaxException(Kind.INCOMPLETE, "unterminated quoted string");
      }
      char c = text.charAt(at);
      if (c == end && end != 0) {
        at++;
        break;
      }
      if (c == '\\' && at + 1 < text.length() && "$`\"\\\n".indexOf(text.charAt(at + 1)) >= 0) {
        if (text.charAt(at + 1) != '\n') {
          plain.append(text.charAt(at + 1));
        }
        at += 2;
      } else if (c == '$' || c == '`') {
        if (!plain.isEmpty()) {
          parts.add(new Literal(plain.toString(), Quoting.QUOTED));
          plain.setLength(0);
        }
        parts.add(substitution(Quoting.QUOTED));
      } else {
        plain.append(c);
        at++;
      }
    }
    if (!plain.isEmpty()) {
      parts.add(new Literal(plain.toString(), Quoting.QUOTED));
    }
    return parts;
  }

  private Part substitution(Quoting quoting) {
    if (text.charAt(at) == '`') {
      int end = text.indexOf('`', at + 1);
      if (end < 0) {
        throw new SyntaxException(Kind.INCOMPLETE, "unterminated backquote");
      }
      String script = text.substring(at + 1, end);
      at = end + 1;
      return new Word.Command(script, quoting);
    }
    if (text.startsWith("$((", at)) {
      int end = closing(at + 1, '(', ')');
      String inside = text.substring(at + 3, end - 1);
      at = end + 1;
      return new Word.Arithmetic(new Word(new Lexer(inside).quoted((char) 0)), quoting);
    }
    if (text.startsWith("$(", at)) {
      int end = closing(at + 1, '(', ')');
      String script = text.substring(at + 2, end);
      at = end + 1;
      return new Word.Command(script, quoting);
    }
    if (text.startsWith("${", at)) {
      int end = closing(at + 1, '{', '}');
      String inside = text.substring(at + 2, end);
      at = end + 1;
      return ParameterText.read(inside, quoting);
    }
    return variable(quoting);
  }

  private Part variable(Quoting quoting) {
    int start = at + 1;
    int end = start;
    while (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')
        && !(end == start + 1 && Character.isDigit(text.charAt(start)))) {
      end++;
    }
    if (end == start && end < text.length() && "?$!@*#-".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    at = end;
    String name = text.substring(start, end);
    return name.isEmpty()
        ? new Literal("$", quoting)
        : new Word.Parameter(name, "", Word.of(""), quoting);
  }

  /// Where the bracket at this place is closed, quotes and nested ones left out.
  private int closing(int open, char opening, char close) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '\'') {
        int end = text.indexOf('\'', i + 1);
        i = end < 0 ? text.length() : end;
      } else if (c == opening) {
        depth++;
      } else if (c == close && --depth == 0) {
        return i;
      }
    }
    throw new SyntaxException(Kind.INCOMPLETE, "unterminated substitution");
  }

  private static void flush(List<Part> parts, StringBuilder plain) {
    if (!plain.isEmpty()) {
      parts.add(new Literal(plain.toString(), Quoting.NONE));
      plain.setLength(0);
    }
  }

  /// A text as if it stood in double quotes: variables are replaced, nothing is split.
  static Word quotedText(String text) {
    return new Word(new Lexer(text).quoted((char) 0));
  }
}
