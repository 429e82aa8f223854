public import Document

/// The rules and the dashboard of one scope. Several artifacts hold them, so each is built once, when first asked for.
public final class Monitoring<S: Scope> {
  private let scope: S

  public init(_ scope: S) { self.scope = scope }

  /// A mapping with `groups`.
  public private(set) lazy var rules: Tree<S.H> = ruleGroups(scope)
  /// As JSON.
  public private(set) lazy var dashboard: Text<S.H> = json(Artifacts.dashboard(scope))
}
