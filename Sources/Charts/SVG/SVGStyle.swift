/// Colours of a chart: light, and dark for readers who chose that. Plain values, as not every program that draws SVG knows
/// variables or media queries; those show the light ones.
enum SVGStyle {
  /// The line's class, `s0` to `s3`.
  static func line(_ index: Int) -> String { "s\(index % 4)" }

  static let sheet = """
      <style>
        text { font: 12px system-ui, sans-serif; fill: #1f2328; }
        .title { font-size: 15px; font-weight: 600; }
        .head { font-weight: 600; }
        .mark { fill: #59636e; font-size: 11px; }
        .end { text-anchor: end; }
        .middle { text-anchor: middle; }
        .back { fill: #ffffff; }
        .span { fill: #ffecd9; }
        .grid { stroke: #d1d9e0; stroke-width: 1; }
        .event { stroke: #59636e; stroke-width: 1; stroke-dasharray: 2 3; }
        .limit { stroke: #cf222e; stroke-width: 1; stroke-dasharray: 6 4; }
        .limit-name { fill: #cf222e; font-size: 11px; }
        .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
        .s0 { stroke: #0969da; }
        .s1 { stroke: #bc4c00; }
        .s2 { stroke: #1a7f37; }
        .s3 { stroke: #8250df; }
        @media (prefers-color-scheme: dark) {
          text { fill: #f0f6fc; }
          .mark { fill: #9198a1; }
          .back { fill: #0d1117; }
          .span { fill: #33240f; }
          .grid { stroke: #3d444d; }
          .event { stroke: #9198a1; }
          .limit { stroke: #f85149; }
          .limit-name { fill: #f85149; }
          .s0 { stroke: #4493f8; }
          .s1 { stroke: #db6d28; }
          .s2 { stroke: #3fb950; }
          .s3 { stroke: #ab7df8; }
        }
      </style>

    """
}
