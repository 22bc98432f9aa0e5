/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SHELL_WORD_H
#define KEEPALIVE_SHELL_WORD_H

#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @brief A word of a command line, as a shell reads it again, whatever is in it.
 * @param word the word
 * @return the same, in quotes if there is need
 */
std::string ToShellWord(const std::string& word);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SHELL_WORD_H */
