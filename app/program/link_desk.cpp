#include "app/program/link_desk.h"

#include <new>
#include <utility>

#include "app/link/show.h"
#include "app/session/training_problem.h"
#include "engine/core/error.h"

namespace convscope::program {
namespace {

// What cards that an open question keeps back would tell. Weights and results follow from each
// other, so that a question after one keeps back the results too.
link::KeptBack kept_back(CardSet asked) {
  return {has(asked, Card::kInput) || has(asked, Card::kLayerInput),
          has(asked, Card::kKernel) || has(asked, Card::kFilters), asked != 0};
}

}  // namespace

void LinkDesk::take_up(Document& document, View& view, bool leaves) {
  for (const link::Asked& asked : server_.take()) {
    try {
      if (leaves) throw Error("the window asks whether to save its changes; answer that first");
      take_up(asked, document, view);
    } catch (const Error& error) {
      server_.answer({asked.client, link::error_message(error.what())});
    } catch (const std::bad_alloc&) {
      server_.answer({asked.client, link::error_message("there is not enough memory for that")});
    }
  }
}

void LinkDesk::take_up(const link::Asked& asked, Document& document, View& view) {
  const Scene& scene = document.scene();
  Edit edit = link::edit_of(scene, asked.show, kept_back(view.settings.lesson.asked));
  if (link::changes(scene, edit)) {
    document.edit(edit);
    view.succeeded();
    view.show(Tell{.text = link::shown_text(asked.show), .undoable = true});
  }
  waiting_.push_back({asked.client, asked.show.layer});
}

void LinkDesk::follow(const Document& document, const Live& live, const View& view) {
  look(live, view);
  const bool same = seen_.results == posted_.results && seen_.training == posted_.training &&
                    seen_.backward == posted_.backward && seen_.kept_back == posted_.kept_back &&
                    seen_.training_comes == posted_.training_comes &&
                    seen_.backward_comes == posted_.backward_comes;
  if (seen_.results && !same) {
    const std::uint64_t number = posted_.number + 1;
    posted_ = seen_;
    posted_.number = number;
    server_.post(posted_);
  }
  if (waiting_.empty() || !shows(document)) return;
  for (const Waiting& waiting : std::exchange(waiting_, {}))
    server_.answer({waiting.client, link::shown_message(posted_, waiting.layer)});
}

// Notes what the window shows. Learning and gradients of former results are left out.
void LinkDesk::look(const Live& live, const View& view) {
  const TrainingSnapshotPtr& training = live.training().snapshot;
  if (seen_.results != live.results() || looked_at_ != training) {
    seen_.results = live.results();
    looked_at_ = training;
    const bool made =
        training && seen_.results &&
        (!training->made_from || training->made_from->data == training_data(seen_.results->scene));
    seen_.training = made ? training : nullptr;
  }
  seen_.training_comes = !seen_.training && view.shows_learning();
  seen_.backward = live.shared_backward();
  if (seen_.backward && seen_.backward->request.results != seen_.results) seen_.backward = nullptr;
  seen_.backward_comes = !seen_.backward && view.settings.backward;
  seen_.kept_back = kept_back(view.settings.lesson.asked);
}

// Returns whether the results are those of the document.
bool LinkDesk::shows(const Document& document) {
  if (!posted_.results) return false;
  if (compared_ == posted_.results && compared_version_ == document.version()) return shows_;
  compared_ = posted_.results;
  compared_version_ = document.version();
  const Scene& scene = document.scene();
  const Scene& evaluated = posted_.results->scene;
  shows_ = evaluated.input.tensor == scene.input.tensor && evaluated.layers == scene.layers;
  return shows_;
}

}  // namespace convscope::program
