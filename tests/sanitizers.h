#pragma once

// Which sanitizers a test is compiled with, as 0 or 1; GCC and Clang say it in different ways.
#if defined(__SANITIZE_ADDRESS__)
#define CONVSCOPE_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CONVSCOPE_ADDRESS_SANITIZER 1
#endif
#endif
#if defined(__SANITIZE_THREAD__)
#define CONVSCOPE_THREAD_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define CONVSCOPE_THREAD_SANITIZER 1
#endif
#endif
#ifndef CONVSCOPE_ADDRESS_SANITIZER
#define CONVSCOPE_ADDRESS_SANITIZER 0
#endif
#ifndef CONVSCOPE_THREAD_SANITIZER
#define CONVSCOPE_THREAD_SANITIZER 0
#endif
