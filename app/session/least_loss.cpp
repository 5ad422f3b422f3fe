#include "app/session/least_loss.h"

namespace convscope::session {

// Beside an optimum w the next float32 is up to |w| / 2^23 away, and steps end two of them away,
// which costs λmax/2 times its square. The loss itself is a difference of sums as large as its
// constant term. Where both are 0 there is only the start to compare with.
LeastLoss least_loss(const QuadraticLoss& loss, const QuadraticAnalysis& analysis,
                     const Parameters& start) {
  constexpr double kUlpsSquared = 0x1p-44;
  double norm = 0.0;
  for (const double w : analysis.optimum)
    norm += w * w;
  LeastLoss result{analysis.least_loss, 0.0};
  result.rounding = kUlpsSquared * (0.5 * analysis.largest * norm + loss.scale() * loss.c());
  if (!(result.rounding > 0.0)) result.rounding = kUlpsSquared * loss.loss(start);
  return result;
}

}  // namespace convscope::session
