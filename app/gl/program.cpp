#include "app/gl/program.h"

#include <stdexcept>
#include <string>

namespace convscope::gl {
namespace {

GLuint compile(GLenum stage, std::span<const unsigned char> source) {
  const GLuint shader = glCreateShader(stage);
  const auto* text = reinterpret_cast<const GLchar*>(source.data());
  const auto length = static_cast<GLint>(source.size());
  glShaderSource(shader, 1, &text, &length);
  glCompileShader(shader);
  GLint good = GL_FALSE;
  glGetShaderiv(shader, GL_COMPILE_STATUS, &good);
  if (good == GL_TRUE) return shader;
  std::string log(2048, '\0');
  GLsizei written = 0;
  glGetShaderInfoLog(shader, static_cast<GLsizei>(log.size()), &written, log.data());
  log.resize(static_cast<std::size_t>(written));
  glDeleteShader(shader);
  throw std::runtime_error("The graphics driver refuses a shader: " + log);
}

}  // namespace

Program link_program(std::span<const unsigned char> vertex,
                     std::span<const unsigned char> fragment) {
  Program program = Program::make();
  const GLuint vertex_shader = compile(GL_VERTEX_SHADER, vertex);
  const GLuint fragment_shader = compile(GL_FRAGMENT_SHADER, fragment);
  glAttachShader(program.id(), vertex_shader);
  glAttachShader(program.id(), fragment_shader);
  glLinkProgram(program.id());
  glDeleteShader(vertex_shader);
  glDeleteShader(fragment_shader);
  GLint good = GL_FALSE;
  glGetProgramiv(program.id(), GL_LINK_STATUS, &good);
  if (good != GL_TRUE) throw std::runtime_error("The graphics driver can't link a shader program.");
  return program;
}

}  // namespace convscope::gl
