import Document
import Model

/// A recording rule.
struct Recording<H: Hole> {
  var name: String
  var comment: String
  var expression: PromQL<H>

  var tree: Tree<H> {
    .mapping([.init("record", "\(name)", comment: comment), .init("expr", .text(expression.text))])
  }
}

extension QueryParts {
  /// The specification's names for its commands, where no agent of ours exposes them: a recorded copy beside an
  /// exposed one would be two series of one name.
  var aliases: [Recording<S.H>] {
    MetricAlias.all.map { alias in
      let metric = scope.name(alias.metric)
      let expression: PromQL<S.H> =
        alias.metric == .shardCapacity
        ? "\(metric) * \(scope.name(.shards))" : "\(metric)"
      return Recording(name: alias.name, comment: alias.help, expression: expression)
    }
  }
}
