/* SPDX-License-Identifier: GPL-2.0-only */

#include "shell-word.h"

#include <boost/algorithm/string/replace.hpp>

namespace ns3
{
namespace keepalive
{

std::string
ToShellWord(const std::string& word)
{
    constexpr const char* plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789-_=,./:%+@";
    if (!word.empty() && word.find_first_not_of(plain) == std::string::npos)
    {
        return word;
    }
    return "'" + boost::algorithm::replace_all_copy(word, "'", "'\\''") + "'";
}

} // namespace keepalive
} // namespace ns3
