package dev.drydock.kubelet.program.shell;

import dev.drydock.kubelet.program.shell.Lexer.Token;
import dev.drydock.kubelet.program.shell.Node.Condition;
import dev.drydock.kubelet.program.shell.SyntaxException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// From text to [Node]s, by recursive descent.
final class Parser {
  private static final Set<String> ENDS =
      Set.of("then", "elif", "else", "fi", "do", "done", "esac", "}");
  private static final Set<String> REDIRECTS =
      Set.of("<", ">", ">>", ">&", "<&", "&>", "&>>", "<<", "<<-", "<<<", ">|");
  private static final Pattern ASSIGNMENT =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*)", Pattern.DOTALL);

  private final List<Token> tokens;
  private int at;

  private Parser(List<Token> tokens) {
    this.tokens = tokens;
  }

  /// @throws SyntaxException when it can't be read
  static Node parse(String script) {
    Parser parser = new Parser(new Lexer(script).tokens());
    Node node = parser.sequence();
    if (!parser.isOperator("")) {
      throw parser.unexpected();
    }
    return node;
  }

  private Node sequence() {
    List<Node> parts = new ArrayList<>();
    skipNewlines();
    while (!isOperator("") && !isOperator(")") && !isOperator(";;") && !isEnd()) {
      Node part = andOr();
      if (isOperator("&")) {
        at++;
        part = new Node.Background(part);
      } else if (isOperator(";")) {
        at++;
      } else if (!isOperator("\n")) {
        parts.add(part);
        break;
      }
      parts.add(part);
      skipNewlines();
    }
    return parts.size() == 1 ? parts.getFirst() : new Node.Sequence(parts);
  }

  private Node andOr() {
    Node left = pipeline();
    while (isOperator("&&") || isOperator("||")) {
      Condition when = isOperator("&&") ? Condition.SUCCESS : Condition.FAILURE;
      at++;
      skipNewlines();
      left = new Node.AndOr(left, when, pipeline());
    }
    return left;
  }

  private Node pipeline() {
    Node.Sense sense = Node.Sense.AS_IS;
    if (isWord("!")) {
      at++;
      sense = Node.Sense.NEGATED;
    }
    List<Node> stages = new ArrayList<>();
    stages.add(command());
    while (isOperator("|")) {
      at++;
      skipNewlines();
      stages.add(command());
    }
    return stages.size() == 1 && sense == Node.Sense.AS_IS
        ? stages.getFirst()
        : new Node.Pipeline(stages, sense);
  }

  private Node command() {
    if (isOperator("(")) {
      at++;
      Node body = sequence();
      expectOperator(")");
      return new Node.Group(body, Node.Scope.OWN, redirects());
    }
    String word = plain().orElse("");
    return switch (word) {
      case "{" -> {
        at++;
        Node body = sequence();
        expectWord("}");
        yield new Node.Group(body, Node.Scope.SAME, redirects());
      }
      case "if" -> {
        at++;
        yield redirected(conditional());
      }
      case "while", "until" -> {
        at++;
        Node test = sequence();
        Node body = loopBody();
        Condition goesOn = word.equals("while") ? Condition.SUCCESS : Condition.FAILURE;
        yield redirected(new Node.Loop(test, goesOn, body));
      }
      case "for" -> {
        at++;
        yield redirected(forLoop());
      }
      case "case" -> {
        at++;
        yield redirected(choice());
      }
      default -> simpleOrFunction(word);
    };
  }

  private Node redirected(Node node) {
    List<Node.Redirect> redirects = redirects();
    return redirects.isEmpty() ? node : new Node.Group(node, Node.Scope.SAME, redirects);
  }

  private Node conditional() {
    Node condition = sequence();
    expectWord("then");
    Node then = sequence();
    Node otherwise = new Node.Sequence(List.of());
    if (isWord("elif")) {
      at++;
      return new Node.If(condition, then, conditional());
    }
    if (isWord("else")) {
      at++;
      otherwise = sequence();
    }
    expectWord("fi");
    return new Node.If(condition, then, otherwise);
  }

  private Node loopBody() {
    expectWord("do");
    Node body = sequence();
    expectWord("done");
    return body;
  }

  private Node forLoop() {
    String variable = plain().orElseThrow(this::unexpected);
    at++;
    skipNewlines();
    List<Word> values = new ArrayList<>();
    if (isWord("in")) {
      at++;
      while (word().isPresent()) {
        values.add(word().orElseThrow());
        at++;
      }
    } else {
      values.add(Lexer.quotedText("$@"));
    }
    if (isOperator(";")) {
      at++;
    }
    skipNewlines();
    return new Node.For(variable, values, loopBody());
  }

  private Node choice() {
    Word subject = word().orElseThrow(this::unexpected);
    at++;
    skipNewlines();
    expectWord("in");
    skipNewlines();
    List<Node.Choice> choices = new ArrayList<>();
    while (!isWord("esac")) {
      if (isOperator("(")) {
        at++;
      }
      List<Word> patterns = new ArrayList<>();
      patterns.add(word().orElseThrow(this::unexpected));
      at++;
      while (isOperator("|")) {
        at++;
        patterns.add(word().orElseThrow(this::unexpected));
        at++;
      }
      expectOperator(")");
      choices.add(new Node.Choice(patterns, sequence()));
      if (isOperator(";;")) {
        at++;
      }
      skipNewlines();
    }
    expectWord("esac");
    return new Node.Case(subject, choices);
  }

  private Node simpleOrFunction(String first) {
    boolean named = !first.isEmpty() && at + 2 < tokens.size();
    if (named
        && tokens.get(at + 1).operator().equals("(")
        && tokens.get(at + 2).operator().equals(")")) {
      at += 3;
      skipNewlines();
      return new Node.Function(first, command());
    }
    List<Node.Assignment> assignments = new ArrayList<>();
    List<Word> words = new ArrayList<>();
    List<Node.Redirect> redirects = new ArrayList<>();
    while (true) {
      if (isRedirect()) {
        redirects.add(redirect());
        continue;
      }
      Optional<Word> word = word();
      if (word.isEmpty()) {
        break;
      }
      at++;
      Optional<Node.Assignment> assignment =
          words.isEmpty() ? assignment(word.get()) : Optional.empty();
      assignment.ifPresentOrElse(assignments::add, () -> words.add(word.get()));
    }
    if (assignments.isEmpty() && words.isEmpty() && redirects.isEmpty()) {
      throw unexpected();
    }
    return new Node.Simple(assignments, words, redirects);
  }

  private static Optional<Node.Assignment> assignment(Word word) {
    if (!word.parts().isEmpty()
        && word.parts().getFirst() instanceof Word.Literal(String text, Word.Quoting quoting)
        && quoting == Word.Quoting.NONE) {
      var match = ASSIGNMENT.matcher(text);
      if (match.matches()) {
        List<Word.Part> value = new ArrayList<>(word.parts());
        value.set(0, new Word.Literal(match.group(2), quoting));
        return Optional.of(new Node.Assignment(match.group(1), new Word(value)));
      }
    }
    return Optional.empty();
  }

  private List<Node.Redirect> redirects() {
    List<Node.Redirect> all = new ArrayList<>();
    while (isRedirect()) {
      all.add(redirect());
    }
    return all;
  }

  private boolean isRedirect() {
    return REDIRECTS.contains(tokens.get(at).operator());
  }

  private Node.Redirect redirect() {
    Token token = tokens.get(at++);
    String operator = token.operator();
    Word target = word().orElseThrow(this::unexpected);
    at++;
    int usual = operator.startsWith("<") ? 0 : 1;
    return new Node.Redirect(token.descriptor() < 0 ? usual : token.descriptor(), operator, target);
  }

  private Optional<Word> word() {
    return Optional.ofNullable(tokens.get(at).word());
  }

  private Optional<String> plain() {
    return word().flatMap(Word::plain);
  }

  private boolean isWord(String text) {
    return plain().filter(text::equals).isPresent();
  }

  private boolean isEnd() {
    return plain().filter(ENDS::contains).isPresent();
  }

  private boolean isOperator(String text) {
    Token token = tokens.get(at);
    return token.word() == null && token.operator().equals(text);
  }

  private void skipNewlines() {
    while (isOperator("\n")) {
      at++;
    }
  }

  private void expectWord(String text) {
    if (!isWord(text)) {
      throw unexpected();
    }
    at++;
  }

  private void expectOperator(String text) {
    if (!isOperator(text)) {
      throw unexpected();
    }
    at++;
  }

  private SyntaxException unexpected() {
    if (isOperator("")) {
      return new SyntaxException(Kind.INCOMPLETE, "syntax error: unexpected end of file");
    }
    String what = isOperator("\n") ? "newline" : plain().orElse(tokens.get(at).operator());
    return new SyntaxException(Kind.WRONG, "syntax error: unexpected \"" + what + "\"");
  }
}
