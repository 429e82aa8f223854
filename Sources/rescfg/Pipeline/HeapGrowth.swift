import CMalloc

/// Has the allocator take memory from the system in large steps, which are addresses only until they are used, and keep what it has.
///
/// Else the heap of a second thread grows by a page at a time, each a system call that both threads wait for (glibc's
/// malloc, `M_TOP_PAD`): 250 of them in one rendering. For a command that is over soon, or that needs the same memory again and again.
func growHeapsInLargeSteps() {
  mallopt(M_TOP_PAD, 16 << 20)
  mallopt(M_TRIM_THRESHOLD, 1 << 30)
  // What is large would come from the system each time: glibc stops raising this bound by itself when one of them is set.
  mallopt(M_MMAP_THRESHOLD, 32 << 20)
}
