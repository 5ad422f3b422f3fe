#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "app/link/server.h"
#include "app/program/document/document.h"
#include "app/program/live/live.h"
#include "app/program/names.h"
#include "app/program/view/view.h"

namespace convscope::program {

// The window's side of the live link: carries out what clients want to be shown, each as one step
// of undo, and says what the window shows. It waits for no client.
class LinkDesk {
 public:
  // `wake` is called from the server's thread when take_up() has something to do.
  LinkDesk(link::ListeningSocket socket, const std::function<void()>& wake)
      : server_(std::move(socket), wake) {}

  // Changes the document as clients ask, and tells of it in the view. While the window leaves the
  // scene, and may ask whether to save its changes, nothing may change.
  void take_up(Document& document, View& view, bool leaves);
  // Says what is shown, if that has changed, and answers those whose change is among it.
  void follow(const Document& document, const Live& live, const View& view);
  // The name under which clients find the window.
  const std::string& name() const { return server_.name(); }

 private:
  void take_up(const link::Asked& asked, Document& document, View& view);
  // A client whose change of a layer is not yet among the results.
  struct Waiting {
    std::uint64_t client = 0;
    std::size_t layer = 0;
  };

  void look(const Live& live, const View& view);
  bool shows(const Document& document);

  link::Server server_;
  link::State seen_;    // what the window shows now; its number is not used
  link::State posted_;  // what clients know
  TrainingSnapshotPtr looked_at_;
  std::vector<Waiting> waiting_;
  // What shows() has compared last, and what it found, as comparing large weights takes time.
  std::uint64_t compared_version_ = 0;
  bool shows_ = false;
  ResultsPtr compared_;
};

}  // namespace convscope::program
