/// `prometheus_tsdb_…` of the server: what a centre's own trouble shows in. The log's part is in `Metric+Log`.
extension Metric {
  private static func tsdb(
    _ name: String,
    _ kind: Kind,
    _ help: String,
    label: String? = nil,
    since version: PrometheusVersion = PrometheusVersion(2, 42)
  ) -> Metric {
    Metric("prometheus_tsdb_\(name)", kind, help, labels: label.map { [$0] } ?? [], since: version)
  }

  static let tsdb: [Metric] = [
    tsdb("out_of_order_samples_total", .counter, "Samples refused for their order", label: "type"),
    tsdb("out_of_bound_samples_total", .counter, "Samples refused as out of bounds", label: "type"),
    tsdb("too_old_samples_total", .counter, "Samples refused as older than the out-of-order window", label: "type"),
    tsdb("sample_ooo_delta", .histogram, "How late out-of-order samples came, in seconds"),
    tsdb("head_out_of_order_samples_appended_total", .counter, "Out-of-order samples taken", label: "type"),
    tsdb("head_samples_appended_total", .counter, "Samples taken", label: "type"),
    tsdb("head_series", .gauge, "Series in the head"),
    tsdb("head_stale_series", .gauge, "Stale series in the head", since: PrometheusVersion(3, 6)),
    tsdb(
      "head_native_histogram_series",
      .gauge,
      "Native histogram series in the head",
      since: PrometheusVersion(3, 14)
    ),
    tsdb("head_native_histogram_buckets", .gauge, "Their buckets", since: PrometheusVersion(3, 14)),
    tsdb("head_series_created_total", .counter, "Series created"),
    tsdb("head_series_removed_total", .counter, "Series removed"),
    tsdb("head_series_not_found_total", .counter, "Requests for a series that is not there"),
    tsdb("head_chunks", .gauge, "Chunks in the head"),
    tsdb("head_chunks_created_total", .counter, "Chunks created"),
    tsdb("head_chunks_removed_total", .counter, "Chunks removed"),
    tsdb("head_chunks_storage_size_bytes", .gauge, "Size of the head's chunk files", since: PrometheusVersion(2, 43)),
    tsdb("head_active_appenders", .gauge, "Appends in progress"),
    tsdb("head_gc_duration_seconds", .summary, "How long collections of the head took"),
    tsdb("head_min_time", .gauge, "Oldest time in the head, in milliseconds"),
    tsdb("head_max_time", .gauge, "Newest time in the head, in milliseconds"),
    tsdb("head_min_time_seconds", .gauge, "Oldest time in the head"),
    tsdb("head_max_time_seconds", .gauge, "Newest time in the head"),
    tsdb("head_truncations_total", .counter, "Truncations of the head tried"),
    tsdb("head_truncations_failed_total", .counter, "Truncations of the head that failed"),
    tsdb("lowest_timestamp", .gauge, "Oldest time stored, in milliseconds"),
    tsdb("lowest_timestamp_seconds", .gauge, "Oldest time stored"),
    tsdb("isolation_low_watermark", .gauge, "Lowest append that is still read"),
    tsdb("isolation_high_watermark", .gauge, "Highest append given out"),
    tsdb("mmap_chunk_corruptions_total", .counter, "Corrupt memory-mapped chunks"),
    tsdb("mmap_chunks_total", .counter, "Chunks mapped to memory", since: PrometheusVersion(2, 47)),
    tsdb("snapshot_replay_error_total", .counter, "Snapshots that could not be replayed"),
    tsdb("wal_corruptions_total", .counter, "Corruptions of the log"),
    tsdb("wal_truncate_duration_seconds", .summary, "How long truncations of the log took"),
    tsdb(
      "wal_replay_unknown_refs_total",
      .counter,
      "Records of the log for an unknown series",
      label: "type",
      since: PrometheusVersion(3, 4)
    ),
    tsdb(
      "wbl_replay_unknown_refs_total",
      .counter,
      "Records of the out-of-order log for an unknown series",
      label: "type",
      since: PrometheusVersion(3, 4)
    ),
    tsdb("out_of_order_wbl_fsync_duration_seconds", .summary, "How long syncs of the out-of-order log took"),
    tsdb("out_of_order_wbl_page_flushes_total", .counter, "Pages of the out-of-order log written"),
    tsdb("out_of_order_wbl_completed_pages_total", .counter, "Pages of the out-of-order log filled"),
    tsdb("out_of_order_wbl_truncations_total", .counter, "Truncations of the out-of-order log tried"),
    tsdb("out_of_order_wbl_truncations_failed_total", .counter, "Truncations of the out-of-order log that failed"),
    tsdb("out_of_order_wbl_segment_current", .gauge, "Segment of the out-of-order log that is written"),
    tsdb("out_of_order_wbl_writes_failed_total", .counter, "Writes of the out-of-order log that failed"),
    tsdb(
      "out_of_order_wbl_storage_size_bytes",
      .gauge,
      "Size of the out-of-order log",
      since: PrometheusVersion(2, 43)
    ),
    tsdb(
      "out_of_order_wbl_record_part_writes_total",
      .counter,
      "Parts of records written to the out-of-order log",
      since: PrometheusVersion(3, 4)
    ),
    tsdb(
      "out_of_order_wbl_record_parts_bytes_written_total",
      .counter,
      "Bytes of those parts",
      since: PrometheusVersion(3, 4)
    ),
    tsdb(
      "out_of_order_wbl_record_bytes_saved_total",
      .counter,
      "Bytes that compression saved in the out-of-order log",
      since: PrometheusVersion(3, 4)
    ),
    tsdb("data_replay_duration_seconds", .gauge, "How long the start's replay took"),
    tsdb("clean_start", .gauge, "1 where no lock of a former run was left, -1 where locks are off"),
    tsdb("blocks_loaded", .gauge, "Blocks loaded"),
    tsdb("reloads_total", .counter, "Loads of the blocks tried"),
    tsdb("reloads_failures_total", .counter, "Loads of the blocks that failed"),
    tsdb("storage_blocks_bytes", .gauge, "Size of all blocks"),
    tsdb("symbol_table_size_bytes", .gauge, "Size of the symbol tables in memory"),
    tsdb("size_retentions_total", .counter, "Blocks deleted for the size limit"),
    tsdb("time_retentions_total", .counter, "Blocks deleted for their age"),
    tsdb("retention_limit_bytes", .gauge, "Size limit"),
    tsdb("retention_limit_seconds", .gauge, "Age limit", since: PrometheusVersion(2, 49)),
    tsdb("retention_limit_percentage", .gauge, "Size limit, of the disk", since: PrometheusVersion(3, 11)),
    tsdb("tombstone_cleanup_seconds", .histogram, "How long tombstone cleaning took"),
    tsdb("vertical_compactions_total", .counter, "Compactions of overlapping blocks"),
    tsdb("compactions_total", .counter, "Compactions"),
    tsdb("compactions_triggered_total", .counter, "Compactions asked for"),
    tsdb("compactions_skipped_total", .counter, "Compactions skipped"),
    tsdb("compactions_failed_total", .counter, "Compactions that failed"),
    tsdb("compaction_duration_seconds", .histogram, "How long compactions took"),
    tsdb("compaction_chunk_size_bytes", .histogram, "Size of chunks at their first compaction"),
    tsdb("compaction_chunk_samples", .histogram, "Samples in chunks at their first compaction"),
    tsdb("compaction_chunk_range_seconds", .histogram, "Time range of chunks at their first compaction"),
    tsdb("compaction_populating_block", .gauge, "1 while a block is written"),
    tsdb(
      "stale_series_compactions_triggered_total",
      .counter,
      "Compactions of stale series asked for",
      since: PrometheusVersion(3, 10)
    ),
    tsdb(
      "stale_series_compactions_failed_total",
      .counter,
      "Compactions of stale series that failed",
      since: PrometheusVersion(3, 10)
    ),
    tsdb(
      "stale_series_compaction_duration_seconds",
      .histogram,
      "How long compactions of stale series took",
      since: PrometheusVersion(3, 10)
    ),
    tsdb(
      "selected_series_compactions_triggered_total",
      .counter,
      "Compactions of selected series asked for",
      since: PrometheusVersion(3, 14)
    ),
    tsdb(
      "selected_series_compactions_failed_total",
      .counter,
      "Compactions of selected series that failed",
      since: PrometheusVersion(3, 14)
    ),
    tsdb(
      "selected_series_compaction_duration_seconds",
      .histogram,
      "How long compactions of selected series took",
      since: PrometheusVersion(3, 14)
    ),
    tsdb("checkpoint_creations_total", .counter, "Checkpoints tried"),
    tsdb("checkpoint_creations_failed_total", .counter, "Checkpoints that failed"),
    tsdb("checkpoint_deletions_total", .counter, "Checkpoint deletions tried"),
    tsdb("checkpoint_deletions_failed_total", .counter, "Checkpoint deletions that failed"),
    tsdb(
      "chunk_write_queue_operations_total",
      .counter,
      "Operations of the queue that writes chunks",
      label: "operation"
    ),
    tsdb("exemplar_exemplars_appended_total", .counter, "Exemplars taken"),
    tsdb("exemplar_exemplars_in_storage", .gauge, "Exemplars stored"),
    tsdb("exemplar_series_with_exemplars_in_storage", .gauge, "Series with exemplars"),
    tsdb("exemplar_last_exemplars_timestamp_seconds", .gauge, "Time of the oldest exemplar stored"),
    tsdb("exemplar_max_exemplars", .gauge, "Exemplars stored at most"),
    tsdb("exemplar_out_of_order_exemplars_total", .counter, "Exemplars refused for their order"),
  ]
}
