/* SPDX-License-Identifier: GPL-2.0-only */

#include "packet-script.h"

#include "option-types.h"
#include "program-options.h"

#include <arpa/inet.h>
#include <boost/algorithm/string/join.hpp>
#include <boost/range/adaptor/map.hpp>
#include <fstream>
#include <map>
#include <sstream>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr uint32_t LARGEST_PAYLOAD = 1400;       //!< with all headers, no fragments
constexpr std::size_t MOST_PACKETS = UINT16_MAX; //!< as the IP identification tells them apart

/**
 * @brief Read a whole number.
 * @param text the number
 * @param most largest one that may be
 * @return the number
 */
uint32_t
ReadNumber(const std::string& text, uint32_t most)
{
    const bool digits = !text.empty() && text.size() <= 10 &&
                        text.find_first_not_of("0123456789") == std::string::npos;
    const uint64_t number = digits ? std::stoull(text) : UINT64_MAX;
    if (number > most)
    {
        throw UsageError("'" + text + "' must be a number from 0 to " + std::to_string(most));
    }
    return static_cast<uint32_t>(number);
}

/**
 * @brief Read a time.
 * @param text seconds
 * @return the time
 */
Time
ReadTime(const std::string& text)
{
    std::size_t used = 0;
    double seconds = 0;
    try
    {
        seconds = std::stod(text, &used);
    }
    catch (const std::exception&)
    {
        used = std::string::npos;
    }
    if (used != text.size() || !(seconds >= 0 && seconds <= LONGEST_OPTION))
    {
        throw UsageError("'" + text + "' must be a number of seconds from 0 to 1000000000");
    }
    return Seconds(seconds);
}

/**
 * @brief Read one of several words.
 * @param text the word
 * @param choices the words, each with what it stands for
 * @return what it stands for
 */
template <typename T>
T
ReadChoice(const std::string& text, const std::map<std::string, T>& choices)
{
    const auto found = choices.find(text);
    if (found != choices.end())
    {
        return found->second;
    }
    throw UsageError("'" + text + "' must be one of " +
                     boost::algorithm::join(choices | boost::adaptors::map_keys, ", "));
}

} // namespace

PacketScript::PacketScript(const std::string& file)
{
    std::ifstream stream(file);
    std::string text;
    uint32_t number = 0;
    while (std::getline(stream, text))
    {
        number++;
        std::istringstream list(text.substr(0, text.find('#')));
        std::vector<std::string> words;
        std::string word;
        while (list >> word)
        {
            words.push_back(word);
        }
        if (words.empty())
        {
            continue;
        }
        Line line;
        line.number = number;
        try
        {
            ReadLine(words, line);
        }
        catch (const UsageError& error)
        {
            throw UsageError(file + ", line " + std::to_string(number) + ": " + error.what());
        }
        m_lines.push_back(line);
        m_names.insert(line.name);
    }
    if (m_lines.empty())
    {
        throw UsageError("option --script=" + file +
                         (number > 0 ? ": says nothing" : ": cannot be read, or is empty"));
    }
}

const std::vector<PacketScript::Line>&
PacketScript::GetLines() const
{
    return m_lines;
}

void
PacketScript::ReadLine(const std::vector<std::string>& words, Line& line) const
{
    line.time = ReadTime(words[0]);
    if (words.size() == 3 && words[1] == "box" && words[2] == "flush")
    {
        line.kind = Kind::FLUSH;
        return;
    }
    if (words.size() < 6)
    {
        throw UsageError("expected SECONDS SIDE NAME PROTOCOL SOURCE DESTINATION, or SECONDS box "
                         "flush");
    }
    if (m_lines.size() >= MOST_PACKETS)
    {
        throw UsageError("too many packets");
    }
    line.inside = ReadChoice<bool>(words[1], {{"inside", true}, {"outside", false}});
    line.name = words[2];
    if (IsKnown(line.name))
    {
        throw UsageError("there is a packet '" + line.name + "' already");
    }
    line.kind = ReadChoice<Kind>(words[3],
                                 {{"udp", Kind::UDP},
                                  {"tcp", Kind::TCP},
                                  {"echo", Kind::ECHO},
                                  {"echo-reply", Kind::ECHO_REPLY},
                                  {"unreachable", Kind::UNREACHABLE}});
    line.source = ReadEnd(words[4]);
    line.destination = ReadEnd(words[5]);
    // The octet of a NAT keepalive.
    line.size = line.kind == Kind::UDP ? 1 : 0;
    for (std::size_t i = 6; i < words.size(); i++)
    {
        ReadDetail(words[i], line);
    }
    if ((line.kind == Kind::UNREACHABLE) != !line.about.empty())
    {
        throw UsageError("an unreachable, and nothing else, needs about=NAME");
    }
}

PacketScript::End
PacketScript::ReadEnd(const std::string& word) const
{
    End end;
    const std::size_t colon = word.find(':');
    const std::string first = word.substr(0, colon);
    const std::string second = colon == std::string::npos ? "0" : word.substr(colon + 1);
    if (first == "from" || first == "to")
    {
        end.packet = second;
        end.source = first == "from";
        if (!IsKnown(second))
        {
            throw UsageError("'" + word + "': there is no packet '" + second + "' so far");
        }
        return end;
    }
    in_addr address{};
    if (inet_pton(AF_INET, first.c_str(), &address) != 1)
    {
        throw UsageError("'" + word + "' must be ADDRESS, ADDRESS:PORT, from:NAME or to:NAME");
    }
    end.end.address = ntohl(address.s_addr);
    end.end.port = static_cast<uint16_t>(ReadNumber(second, UINT16_MAX));
    return end;
}

void
PacketScript::ReadDetail(const std::string& word, Line& line) const
{
    const std::size_t sign = word.find('=');
    const std::string name = word.substr(0, sign);
    const std::string value = sign == std::string::npos ? "" : word.substr(sign + 1);
    const bool tcp = line.kind == Kind::TCP;
    if (name == "data" && line.kind != Kind::UNREACHABLE)
    {
        line.size = ReadNumber(value, LARGEST_PAYLOAD);
    }
    else if (name == "ttl")
    {
        line.ttl = static_cast<uint8_t>(ReadNumber(value, LIMIT));
    }
    else if (name == "flags" && tcp && value.find_first_not_of("SFRA") == std::string::npos)
    {
        line.flags = value;
    }
    else if (name == "seq" && tcp)
    {
        line.sequence = ReadNumber(value, UINT32_MAX);
    }
    else if (name == "ack" && tcp)
    {
        line.acknowledgment = ReadNumber(value, UINT32_MAX);
    }
    else if (name == "window" && tcp)
    {
        line.window = static_cast<uint16_t>(ReadNumber(value, UINT16_MAX));
    }
    else if (name == "about" && IsKnown(value))
    {
        line.about = value;
    }
    else
    {
        throw UsageError("'" + word + "' says nothing about such a packet");
    }
}

bool
PacketScript::IsKnown(const std::string& name) const
{
    return m_names.count(name) > 0;
}

} // namespace keepalive
} // namespace ns3
