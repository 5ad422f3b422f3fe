// Test programs that load pictures start themselves as decoders, as convscope does from its main();
// theirs belongs to the test framework, so they look before that begins.
#include "app/files/picture_decoder.h"

namespace {

__attribute__((constructor)) void start_as_decoder(int argc, char** argv) {
  convscope::files::become_decoder_if_asked(argc, argv);
}

}  // namespace
