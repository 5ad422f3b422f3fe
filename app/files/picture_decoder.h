#pragma once

#include "app/files/names.h"

namespace convscope::files {

// If the program was started as the decoder of one picture (decoder_process.h), decodes it in a
// process without other rights and exits. Otherwise returns. Every program that loads pictures
// calls this first in main(), before it has other threads.
void become_decoder_if_asked(int argc, char** argv);

}  // namespace convscope::files
