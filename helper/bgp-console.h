/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_BGP_CONSOLE_H
#define KEEPALIVE_BGP_CONSOLE_H

#include "console-transcript.h"

#include "ns3/bgp-error.h"
#include "ns3/bgp-message.h"
#include "ns3/bgp-neighbor.h"
#include "ns3/detection-event.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"

#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What consoles show of BGP sessions.
 *
 * In the words of Cisco IOS: the messages %BGP-5-ADJCHANGE and %BGP-3-NOTIFICATION, and `show bgp
 * neighbors`. Of the words after "Down", those of NOTIFICATIONs, "Peer closed the session", "Admin.
 * shutdown" and "User reset" are documented; what IOS says of the TCP causes here is not, so they
 * are told in words of our own. Real output has many more lines. Trace sinks only: it changes
 * nothing.
 */
class BgpConsole
{
  public:
    /**
     * @brief Create a console without sessions.
     * @param transcript where to print; must outlive the simulation, as this object must
     */
    explicit BgpConsole(ConsoleTranscript& transcript);

    BgpConsole(const BgpConsole&) = delete;
    BgpConsole& operator=(const BgpConsole&) = delete;

    /**
     * @brief Print what the console of a router shows of a neighbour.
     * @param neighbor the neighbour
     * @param router name of the router
     */
    void Watch(Ptr<BgpNeighbor> neighbor, const std::string& router);

    /// Print "show bgp neighbors" of every neighbour that is watched, as of now.
    void ShowNeighbors();

    /**
     * @brief How long something lasts, or how long ago it was, as routers print it in one column.
     * @param time the time
     * @return HH:MM:SS; from a day on 1d02h; from a week on 1w2d
     */
    static std::string Uptime(Time time);

    /**
     * @brief An error as routers print it.
     * @param error the error
     * @return such as "4/0 (hold time expired) 0 bytes"
     */
    static std::string Describe(const BgpError& error);

  private:
    /// Messages of one type.
    struct Count
    {
        uint64_t sent{0}; //!< sent
        uint64_t rcvd{0}; //!< received
    };

    /// One neighbour.
    struct Neighbor
    {
        ConsoleTranscript* transcript;          //!< where to print
        Ptr<BgpNeighbor> neighbor;              //!< the neighbour
        std::string router;                     //!< the router that is configured with it
        std::map<BgpMessageType, Count> counts; //!< messages
        Time lastRead;                          //!< when it last sent something; zero for never
        Time lastWrite;                         //!< when it was last sent something
        uint32_t established{0};                //!< how often the session came up
        uint32_t dropped{0};                    //!< how often it went down
        std::string lastReset;                  //!< why it last did
        Time resetAt;                           //!< and when
        bool notified{false};                   //!< it was told why the session ends
        bool dead{false};                       //!< the router has no power
    };

    // trace sinks
    static void Line(Neighbor* neighbor, const DetectionEvent& event);
    static void MessageTx(Neighbor* neighbor, BgpMessageType type, uint32_t size);
    static void MessageRx(Neighbor* neighbor, BgpMessageType type, uint32_t size);
    static void NotificationTx(Neighbor* neighbor, const BgpError& error);
    static void NotificationRx(Neighbor* neighbor, const BgpError& error);

    /**
     * @brief Print "show bgp neighbors" of one neighbour.
     * @param neighbor the neighbour
     */
    void Show(const Neighbor& neighbor);
    /**
     * @brief Print what "show bgp neighbors" says of messages.
     * @param neighbor the neighbour
     */
    void ShowCounts(const Neighbor& neighbor);

    ConsoleTranscript& m_transcript; //!< where to print
    std::list<Neighbor> m_neighbors; //!< a list, because sinks point into it
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_BGP_CONSOLE_H */
