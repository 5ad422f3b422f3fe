#pragma once

namespace convscope {

// Tells that the calling thread computes while somebody waits for another thread to draw: it goes
// on as before while a processor is free for each, and where there are fewer it gives way. So do,
// from now on, the threads that help it. For good, and in vain where the system does not let it.
//
// On Linux each gets a nice value of 5, a third of the other's share of a processor. On two
// processors the sums of a run (gram_sums.h), which keep both busy, made frames of a window that
// draws without pause 5 to 17 ms long; with this the longest take 4 to 6 ms, and the sums 31 ms
// instead of 25 (tests/bench/ui_frame_bench.cpp). Higher values make the sums slower, and no frame
// shorter.
void work_in_background();

}  // namespace convscope
