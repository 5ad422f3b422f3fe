#pragma once

namespace convscope {

// Where the program was started as the decoder of one picture (decoder_process.h): decodes it with
// the rights of a process that can do nothing else, and ends the program. Returns where it was
// started as anything else. Every program that loads pictures calls this first in main(), before
// there are other threads.
void become_decoder_if_asked(int argc, char** argv);

}  // namespace convscope
