#include "app/files/folder.h"

#include <gmock/gmock.h>

#include "tests/temp_folder.h"

namespace convscope::files {
namespace {

using testing::ElementsAre;

TEST(ListFolder, FoldersFirstThenWhatCanBeOpenedWithoutRegardToCase) {
  const TempFolder folder;
  for (const char* name : {"b.png", "A.PNG", "a.png", "c.Jpeg", "notes.txt", ".hidden.png", "png",
                           "x.npy", "z.hdr", "s.json"})
    put_text(folder / name, "");
  for (const char* name : {"zoo", "Alps", ".git", "pictures.png"})
    std::filesystem::create_directory(folder / name);
  std::vector<std::string> names;
  for (const FolderEntry& entry : list_folder(folder.path())) {
    EXPECT_EQ(entry.path, folder.path() / entry.name);
    EXPECT_EQ(entry.is_folder, std::filesystem::is_directory(entry.path));
    names.push_back(entry.name);
  }
  EXPECT_THAT(names, ElementsAre("Alps", "pictures.png", "zoo", "A.PNG", "a.png", "b.png", "c.Jpeg",
                                 "s.json", "x.npy", "z.hdr"));
}

TEST(ListFolder, MissingFoldersAndFilesAreErrors) {
  const TempFolder folder;
  EXPECT_EQ(error_text([&] { list_folder(folder / "none"); }),
            "the folder \"" + (folder / "none") + "\" can't be read: No such file or directory");
  put_text(folder / "a.png", "");
  EXPECT_EQ(error_text([&] { list_folder(folder / "a.png"); }),
            "the folder \"" + (folder / "a.png") + "\" can't be read: Not a directory");
}

}  // namespace
}  // namespace convscope::files
