#pragma once

namespace convscope::fast {

// How a path that needs finite values ends.
enum class PathOutcome {
  kFinished,
  kStopped,
  kNotFinite,  // a NaN or an infinity would spread to cells that don't meet it, or an infinity
               // become NaN; the output is unusable
};

}  // namespace convscope::fast
