/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_PACKET_SCRIPT_H
#define KEEPALIVE_PACKET_SCRIPT_H

#include "ns3/nat-endpoint.h"
#include "ns3/nstime.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @brief Packets to be sent through a NAT from either side, at certain times.
 *
 * A text file, one packet a line; `#` begins a comment:
 *
 * @code
   # seconds  side     name  protocol  source         destination    details
   0          inside   a     udp       10.0.1.2:5000  10.0.2.2:4500  data=100
   1.5        outside  b     udp       to:a           from:a
   2          outside  c     unreachable  10.0.2.2    from:a         about=a
   9          box      flush
   @endcode
 *
 * Protocols are udp, tcp, echo, echo-reply and unreachable (ICMP). Of an echo, the port of the end
 * that asks is the identifier. `from:a` is where packet a came from, as it came out on the other
 * side, and `to:a` where it went: the line of b above answers a, whatever its port has become.
 *
 * Details: data=OCTETS; ttl=HOPS; of tcp also flags=LETTERS of SFRA, seq=, ack= and window=; of an
 * unreachable, about=NAME, the packet that it is about.
 */
class PacketScript
{
  public:
    static constexpr uint8_t TTL = 32;   //!< of packets, without another one
    static constexpr uint8_t LIMIT = 63; //!< largest: from 64 on, it is the router's own

    /// What a line asks for.
    enum class Kind : uint8_t
    {
        UDP,         //!< a datagram
        TCP,         //!< a segment
        ECHO,        //!< an ICMP echo
        ECHO_REPLY,  //!< its reply
        UNREACHABLE, //!< an ICMP error
        FLUSH        //!< no packet: the box loses all bindings
    };

    /// One end of a packet.
    struct End
    {
        NatEndpoint end;    //!< the end, if it is said
        std::string packet; //!< otherwise: one end of which packet
        bool source{true};  //!< and whether it is its source
    };

    /// A line.
    struct Line
    {
        uint32_t number{0};          //!< of the line in the file
        Time time;                   //!< when
        bool inside{true};           //!< whether it is sent from inside
        std::string name;            //!< of the packet
        Kind kind{Kind::UDP};        //!< what
        End source;                  //!< where it comes from
        End destination;             //!< where it goes to
        std::string flags;           //!< of TCP
        uint32_t sequence{0};        //!< of TCP
        uint32_t acknowledgment{0};  //!< of TCP
        uint16_t window{UINT16_MAX}; //!< of TCP
        uint32_t size{0};            //!< octets of payload
        uint8_t ttl{TTL};            //!< time to live
        std::string about;           //!< of an ICMP error: the packet that it is about
    };

    /**
     * @brief Read a script.
     * @param file its name
     * @throw UsageError naming file, line and what is wrong
     */
    explicit PacketScript(const std::string& file);

    /**
     * @brief What was read.
     * @return the lines, in the order of the file
     */
    const std::vector<Line>& GetLines() const;

  private:
    /**
     * @brief Read one line.
     * @param words its words
     * @param line filled in
     */
    void ReadLine(const std::vector<std::string>& words, Line& line) const;

    /**
     * @brief Read one end of a packet.
     * @param word such as "10.0.1.2:5000" or "from:a"
     * @return the end
     */
    End ReadEnd(const std::string& word) const;

    /**
     * @brief Read a detail.
     * @param word such as "data=100"
     * @param line filled in
     */
    void ReadDetail(const std::string& word, Line& line) const;

    /**
     * @brief Whether there is a packet of a name.
     * @param name the name
     * @return true if an earlier line has it
     */
    bool IsKnown(const std::string& name) const;

    std::vector<Line> m_lines;     //!< what was read
    std::set<std::string> m_names; //!< of the packets
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_PACKET_SCRIPT_H */
