#pragma once

namespace convscope::engine::fast {

// The outcome of a path that needs finite values.
enum class PathOutcome {
  kFinished,
  kStopped,
  kNotFinite,  // a NaN or infinity would spread to cells that don't meet it, or an infinity would
               // become NaN; the output is unusable
};

}  // namespace convscope::engine::fast
