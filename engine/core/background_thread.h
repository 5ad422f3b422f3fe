#pragma once

namespace convscope::engine {

// Lowers the priority of the calling thread, which computes while another thread draws the window,
// and from now on also of every TBB thread that joins its work. While each thread has a processor
// to itself nothing changes; where there are fewer processors the drawing goes first. The effect
// lasts as long as the thread and is silently missing where the system doesn't allow it.
//
// On Linux each thread gets a nice value of 5, which is a third of a normal thread's share of a
// processor. Measured on two processors with tests/bench/ui_frame_bench.cpp while gram sums
// (gram_sums.h) kept both busy: without this call, frames of a window that redraws continuously
// took 5 to 17 ms; with it the longest take 4 to 6 ms, and the sums take 31 ms instead of 25.
// Higher values make the sums slower and no frame shorter.
void work_in_background();

}  // namespace convscope::engine
