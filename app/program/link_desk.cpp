#include "app/program/link_desk.h"

#include <utility>

#include "app/link/show.h"
#include "engine/core/error.h"

namespace convscope::program {

void LinkDesk::take_up(Document& document, View& view) {
  for (const link::Asked& asked : server_.take()) {
    try {
      document.edit(link::edit_of(document.scene(), asked.show));
    } catch (const Error& error) {
      server_.answer({asked.client, link::error_message(error.what())});
      continue;
    }
    view.succeeded();
    view.show(Tell{.text = link::shown_text(asked.show), .undoable = true});
    waiting_.push_back(asked.client);
  }
}

void LinkDesk::follow(const Document& document, const Live& live) {
  const link::State now{posted_.number + 1, live.results(), live.training().snapshot,
                        live.shared_backward()};
  if (now.results && (now.results != posted_.results || now.training != posted_.training ||
                      now.backward != posted_.backward)) {
    posted_ = now;
    server_.post(posted_);
  }
  if (waiting_.empty() || !shows(document)) return;
  for (const std::uint64_t client : std::exchange(waiting_, {}))
    server_.answer({client, link::shown_message(posted_)});
}

// Returns whether the results are those of the document.
bool LinkDesk::shows(const Document& document) {
  if (!posted_.results) return false;
  if (compared_ == posted_.results && compared_version_ == document.version()) return false;
  compared_ = posted_.results;
  compared_version_ = document.version();
  const Scene& scene = document.scene();
  const Scene& evaluated = posted_.results->scene;
  return evaluated.input.tensor == scene.input.tensor && evaluated.layers == scene.layers;
}

}  // namespace convscope::program
