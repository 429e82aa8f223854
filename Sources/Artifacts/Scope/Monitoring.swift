package import Document

/// The rules and the dashboard of one scope. Several artifacts hold them, so each is built once, when first asked for.
package final class Monitoring<S: Scope> {
  private let scope: S

  package init(_ scope: S) { self.scope = scope }

  /// A mapping with `groups`.
  package private(set) lazy var rules: Tree<S.H> = ruleGroups(scope)
  /// As JSON.
  package private(set) lazy var dashboard: Text<S.H> = json(Artifacts.dashboard(scope))
}
