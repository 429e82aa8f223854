// swift-tools-version: 6.3
import PackageDescription

// Strict everywhere: a warning is an error, unsafe code is spelled `unsafe` (so `grep -rw unsafe Sources` is the audit),
// and an import says whether it is part of the target's own interface.
let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  // Bodies of what is public are compiled into their callers in other targets, too: see docs/decisions/0020-public-between-targets.md.
  .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

// Views of borrowed bytes (`Span`) inside structures of our own need the feature that spells lifetimes.
let borrowing: [SwiftSetting] = strict + [.enableExperimentalFeature("Lifetimes")]

// A release starts in little time. The C++ library, which Swift's runtime and libsnappy need, is linked in: shared, it takes
// half a millisecond of each start (`scripts/static` has what the linker finds in its place). And no library looks for symbols
// in the program, so it shows none.
let startingFast = [
  "-L", "\(Context.packageDirectory)/scripts/static", "-Xclang-linker", "-static-libgcc", "-Xlinker",
  "--no-export-dynamic",
]

let package = Package(
  name: "rescfg",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
  ],
  targets: [
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CProcess"),
    .systemLibrary(name: "CYAML", providers: [.apt(["libyaml-dev"])]),

    .target(name: "Model", swiftSettings: strict),
    .target(name: "Threads", swiftSettings: strict),
    .target(name: "CSHA256"),
    .target(name: "Document", dependencies: ["CSHA256"], swiftSettings: strict),
    .target(name: "Loading", dependencies: ["Model", "CYAML"], swiftSettings: strict),
    .target(name: "JSON", swiftSettings: strict),
    .target(name: "Charts", swiftSettings: strict),
    .target(name: "Output", dependencies: ["Document", "JSON"], swiftSettings: strict),
    .systemLibrary(name: "CSnappy", providers: [.apt(["libsnappy-dev"])]),
    // Compiled against libcurl, not linked with it: see docs/decisions/0011-libcurl-loaded-late.md.
    .target(name: "CCurl"),
    .target(name: "CCRC32C"),
    .target(
      name: "Samples",
      dependencies: ["CCRC32C", "CSnappy"],
      swiftSettings: borrowing
    ),
    .target(name: "Spool", dependencies: ["Samples"], swiftSettings: borrowing),
    .target(name: "Transport", dependencies: ["CCurl", "Threads"], swiftSettings: strict),
    .target(
      name: "Serving",
      dependencies: [
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ],
      swiftSettings: strict
    ),
    .target(name: "Agent", dependencies: ["JSON", "Model", "Samples", "Spool"], swiftSettings: borrowing),
    .target(
      name: "StatusPage",
      dependencies: ["Agent", "Charts", "Model"],
      resources: [.embedInCode("Assets")],
      swiftSettings: strict
    ),
    .target(
      name: "Runtime",
      dependencies: [
        "Agent", "CProcess", "JSON", "Model", "Samples", "Spool", "StatusPage", "Threads", "Transport", "Serving",
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: borrowing
    ),
    .target(
      name: "Simulation",
      dependencies: ["Agent", "Charts", "Model", "Samples", "Spool"],
      swiftSettings: borrowing
    ),
    .target(
      name: "Artifacts",
      dependencies: ["Model", "Document"],
      resources: [.embedInCode("Templates/files")],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "rescfg",
      dependencies: [
        "Model", "Document", "Loading", "Artifacts", "Output", "Runtime", "Agent", "Samples", "Spool", "Transport",
        "CMalloc", "JSON", "Charts", "Simulation", "Threads",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict,
      linkerSettings: [.unsafeFlags(startingFast, .when(platforms: [.linux], configuration: .release))]
    ),

    .executableTarget(
      name: "SpoolBenchmark",
      dependencies: ["Samples", "Spool"],
      path: "Benchmarks/SpoolBenchmark",
      swiftSettings: borrowing
    ),
    .executableTarget(
      name: "AgentLoad",
      dependencies: ["Agent", "Samples", "Spool"],
      path: "Benchmarks/AgentLoad",
      swiftSettings: borrowing
    ),
    .executableTarget(
      name: "TransportBenchmark",
      dependencies: ["Transport"],
      path: "Benchmarks/TransportBenchmark",
      exclude: ["sink.py"],
      swiftSettings: strict
    ),

    .executableTarget(
      name: "SpoolWriter",
      dependencies: ["Samples", "Spool"],
      path: "Tests/Programs/SpoolWriter",
      swiftSettings: borrowing
    ),

    .executableTarget(
      name: "SegmentDamage",
      dependencies: ["Agent", "Samples", "Spool", "SpoolTestSupport"],
      path: "Tests/Programs/SegmentDamage",
      swiftSettings: borrowing
    ),

    .executableTarget(
      name: "Fuzz",
      dependencies: ["Agent", "JSON", "Samples", "Spool", "SpoolTestSupport"],
      path: "Tests/Programs/Fuzz",
      exclude: ["Corpus"],
      swiftSettings: borrowing
    ),
    .testTarget(name: "ChartsTests", dependencies: ["Charts"], swiftSettings: strict),
    .testTarget(name: "JSONTests", dependencies: ["JSON"], swiftSettings: strict),
    .executableTarget(
      name: "SenderBenchmark",
      dependencies: ["Agent", "Samples", "Spool"],
      path: "Benchmarks/SenderBenchmark",
      swiftSettings: borrowing
    ),
    .testTarget(name: "DocumentTests", dependencies: ["Document"], swiftSettings: strict),
    .testTarget(
      name: "SamplesTests",
      dependencies: ["Samples"],
      exclude: ["Corpus"],
      swiftSettings: borrowing
    ),
    .target(
      name: "SpoolTestSupport",
      dependencies: ["Spool", "Samples"],
      path: "Tests/SpoolTestSupport",
      swiftSettings: borrowing
    ),
    .testTarget(
      name: "SpoolTests",
      dependencies: ["Spool", "Samples", "SpoolTestSupport"],
      exclude: ["Corpus"],
      swiftSettings: borrowing
    ),
    .testTarget(name: "ThreadsTests", dependencies: ["Threads"], swiftSettings: strict),
    .testTarget(name: "TransportTests", dependencies: ["Transport"], swiftSettings: strict),
    .testTarget(name: "ServingTests", dependencies: ["Serving"], swiftSettings: strict),
    .testTarget(name: "RuntimeTests", dependencies: ["Agent", "Runtime", "Serving"], swiftSettings: strict),
    .testTarget(
      name: "AgentTests",
      dependencies: ["Agent", "JSON", "Model", "Samples", "Spool", "SpoolTestSupport"],
      swiftSettings: borrowing
    ),
    .testTarget(
      name: "StatusPageTests",
      dependencies: ["StatusPage", "Agent", "Document", "Model"],
      exclude: ["Golden"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "SimulationTests",
      dependencies: ["Simulation", "Agent", "Model", "Samples", "Spool"],
      swiftSettings: borrowing
    ),
    .testTarget(name: "ArtifactsTests", dependencies: ["Artifacts", "Document", "Model"], swiftSettings: strict),
    .testTarget(name: "ModelTests", dependencies: ["Model"], swiftSettings: strict),
    .testTarget(name: "OutputTests", dependencies: ["Output", "Document", "JSON"], swiftSettings: strict),
    .testTarget(name: "CommandTests", dependencies: ["rescfg"], swiftSettings: strict),
    .testTarget(
      name: "LoadingTests",
      dependencies: ["Loading", "Model", "Document", "Artifacts"],
      swiftSettings: strict
    ),
  ]
)
