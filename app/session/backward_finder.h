#pragma once

#include <functional>
#include <optional>

#include "app/session/backward.h"
#include "app/session/gradient_view.h"
#include "app/session/names.h"
#include "app/session/nudge.h"
#include "app/session/weight_explainer.h"
#include "app/session/worker.h"

namespace convscope::session {

// Returns whether a request is the same work as the one before with other values: the next of a
// drag, a sweep or a run, which waits until that is done. Another scene or page does not wait.
bool may_wait(const BackwardRequest& next, const BackwardRequest& before);

// Computes gradients, the pictures of them that the Layers page shows, what nudging a cell does to
// the loss, and the sum behind one weight's gradient, each on a thread of its own; the newest
// request wins. All members are called from one other thread.
class BackwardFinder {
 public:
  // `wake` is called from the workers when something was found.
  explicit BackwardFinder(const std::function<void()>& wake);

  // Request gradients, and the effect of a nudge, unless they are those that were requested last.
  // nullopt forgets what was found.
  void follow(const std::optional<BackwardRequest>& wanted);
  void follow_nudge(const std::optional<NudgeRequest>& wanted);
  // Requests pictures of what is found. nullopt frees them.
  void look(const std::optional<GradientLook>& wanted);
  // Takes over what was found.
  void poll();
  // Return what was found; null before. Until the next one is, it is the one before.
  const BackwardResults* gradients() const { return found_.get(); }
  BackwardPtr shared_gradients() const { return found_; }
  // Returns the pictures; null before, and where there is no gradient.
  const GradientView* view() const { return view_ ? &*view_ : nullptr; }
  // Returns the effect; null too where the value or the loss is missing.
  const NudgeEffect* nudge() const { return nudged_ ? &*nudged_ : nullptr; }
  // Returns the source of the sums behind single weights, which it computes on request.
  WeightExplainer& explainer() { return explainer_; }
  bool busy() const {
    return worker_.busy() || viewer_.busy() || nudger_.busy() || explainer_.busy();
  }
  // Blocks until what was requested is found; poll() then takes it over.
  void wait();

 private:
  void request_view();

  BackwardRequest wanted_;  // the last request; without results if none is wanted
  BackwardPtr found_;
  std::optional<GradientLook> look_wanted_;
  // Of which the pictures were requested last.
  BackwardPtr viewed_;
  std::optional<GradientLook> look_viewed_;
  std::optional<GradientView> view_;
  std::optional<NudgeRequest> nudge_wanted_;
  // Of the newest request that is answered; nullopt where that has none.
  std::optional<NudgeEffect> nudged_;
  // These are last, so that they end before the rest is destroyed.
  Worker<BackwardRequest, BackwardResults> worker_;
  Worker<GradientRequest, GradientView> viewer_;
  Worker<NudgeRequest, std::optional<NudgeEffect>> nudger_;
  WeightExplainer explainer_;
};

}  // namespace convscope::session
