#include "app/session/backward_finder.h"

#include <chrono>
#include <utility>

namespace convscope::session {
namespace {

// The time for which a computation under way may delay a newer one of the same sizes: practically
// unlimited, so that during a drag or a sweep each is completed and not cancelled by the next.
constexpr std::chrono::hours kPatience{1};

// A nudge that has no effect gives an answer too, so that the one before does not stay.
std::optional<std::optional<NudgeEffect>> find_nudge(const NudgeRequest& request,
                                                     const std::stop_token& stop) {
  std::optional<NudgeEffect> effect = nudge_effect(request, stop);
  if (!effect && stop.stop_requested()) return std::nullopt;
  return std::optional<std::optional<NudgeEffect>>(std::in_place, std::move(effect));
}

}  // namespace

bool may_wait(const BackwardRequest& next, const BackwardRequest& before) {
  if (!before.results || next.layers != before.layers || next.way != before.way) return false;
  if ((next.training == nullptr) != (before.training == nullptr)) return false;
  for (std::size_t i = 0; i < next.layers; ++i) {
    const LayerResults& a = next.results->layers[i];
    const LayerResults& b = before.results->layers[i];
    if (!a.output || !b.output || a.output->shape() != b.output->shape()) return false;
    if (a.input->shape() != b.input->shape() || a.weight.shape() != b.weight.shape()) return false;
  }
  return true;
}

BackwardFinder::BackwardFinder(const std::function<void()>& wake)
    : worker_([limit = scene_memory_limit()](
                  const BackwardRequest& request,
                  const std::stop_token& stop) { return go_backward(request, stop, limit); },
              wake, {.patience = kPatience}),
      viewer_([limit = scene_memory_limit()](
                  const GradientRequest& request,
                  const std::stop_token& stop) { return make_gradient_view(request, stop, limit); },
              wake, {.patience = kPatience}),
      nudger_(find_nudge, wake, {.patience = kPatience}),
      explainer_(wake) {}

void BackwardFinder::follow(const std::optional<BackwardRequest>& wanted) {
  if (!wanted) {  // frees the results, which may be large
    if (wanted_.results) worker_.cancel();
    wanted_ = {};
    found_.reset();
    request_view();
    return;
  }
  if (*wanted == wanted_) return;
  if (wanted_.results && !may_wait(*wanted, wanted_)) worker_.cancel();
  wanted_ = *wanted;
  worker_.submit(*wanted);
}

void BackwardFinder::follow_nudge(const std::optional<NudgeRequest>& wanted) {
  if (wanted == nudge_wanted_) return;
  if (wanted && nudge_wanted_ && !may_wait(wanted->backward, nudge_wanted_->backward))
    nudger_.cancel();
  nudge_wanted_ = wanted;
  if (wanted) {
    nudger_.submit(*wanted);
  } else {
    nudger_.cancel();
    nudged_.reset();
  }
}

void BackwardFinder::look(const std::optional<GradientLook>& wanted) {
  look_wanted_ = wanted;
  request_view();
}

// Requests the pictures of what was found, unless they are those that were requested last.
void BackwardFinder::request_view() {
  const bool there = found_ && !found_->layers.empty() && look_wanted_;
  if (!there) {
    if (viewed_) viewer_.cancel();
    viewed_.reset();
    view_.reset();
    return;
  }
  if (viewed_ == found_ && look_viewed_ == look_wanted_) return;
  viewed_ = found_;
  look_viewed_ = look_wanted_;
  viewer_.submit({found_, *look_wanted_});
}

void BackwardFinder::poll() {
  if (std::optional<BackwardResults> newest = worker_.take(); newest && wanted_.results) {
    found_ = std::make_shared<const BackwardResults>(std::move(*newest));
    request_view();
  }
  if (std::optional<GradientView> newest = viewer_.take(); newest && viewed_)
    view_ = std::move(newest);
  if (std::optional<std::optional<NudgeEffect>> newest = nudger_.take(); newest && nudge_wanted_)
    nudged_ = *std::move(newest);
}

void BackwardFinder::wait() {
  worker_.wait();
  poll();  // the pictures follow from it
  viewer_.wait();
  nudger_.wait();
  explainer_.wait();
}

}  // namespace convscope::session
