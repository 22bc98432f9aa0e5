/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_FRAME_LOG_H
#define KEEPALIVE_FRAME_LOG_H

#include "frame-description.h"

#include "ns3/drop-reason.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"
#include "ns3/serial-net-device.h"

#include <cstdint>
#include <list>
#include <optional>
#include <ostream>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Writes every frame that serial lines carried, and what became of it, as one CSV table.
 *
 * Columns: sent_s (first bit left), arrived_s (last bit arrived; empty if it never did), from, to,
 * protocol (hdlc or ppp), kind, identifier and acknowledged (see FrameDescription), bytes (without
 * flag and frame check sequence) and fate: "arrived", "underway" at the end of the simulation, or
 * the name of the DropReason, which is "wire-cut", "bad-fcs", "admin-down" or "no-carrier". A frame
 * of the last three kinds did arrive, but was of no use.
 *
 * A row is written once the fate of its frame is known: rows are in the order of that, not in the
 * order of sending. What never leaves an interface, because its queue is full, is not in the table.
 * Trace sinks only: it changes nothing.
 */
class FrameLog
{
  public:
    /**
     * @brief Start a log.
     * @param out where to; must outlive the simulation, as this object must
     */
    explicit FrameLog(std::ostream& out);

    FrameLog(const FrameLog&) = delete;
    FrameLog& operator=(const FrameLog&) = delete;

    /**
     * @brief Log what a line carries.
     * @param a one end, attached
     * @param nameOfA what to call it, such as "R1"
     * @param b the other end, attached to the same line
     * @param nameOfB what to call it, such as "R2"
     */
    void Watch(Ptr<SerialNetDevice> a,
               const std::string& nameOfA,
               Ptr<SerialNetDevice> b,
               const std::string& nameOfB);

    /// The simulation is over: write the frames that are still underway.
    void Finish();

  private:
    struct Line;

    /// One end of a line: what its sinks need.
    struct End
    {
        FrameLog* log;                      //!< the log
        Line* line;                         //!< its line
        End* peer;                          //!< the other end
        std::string name;                   //!< what to call it
        bool ppp;                           //!< its frames are PPP's, not HDLC's
        std::optional<uint64_t> refusedUid; //!< a frame it just refused, for a reason yet to come
    };

    /// A frame that has been sent.
    struct Frame
    {
        uint64_t uid;                 //!< of its packet
        Time sent;                    //!< when its first bit left
        const End* from;              //!< who sent it
        FrameDescription description; //!< what it is
        uint32_t bytes;               //!< its size
    };

    /// One line.
    struct Line
    {
        End ends[2];               //!< its ends
        std::list<Frame> underway; //!< frames on it, in the order of sending
    };

    /**
     * @brief Write the row of a frame, which then is no longer underway.
     * @param line its line
     * @param uid of its packet
     * @param from who sent it
     * @param to where it went
     * @param arrived whether it reached that end, now
     * @param fate what became of it
     * @return false if there is no such frame
     */
    bool Settle(Line& line,
                uint64_t uid,
                const End& from,
                const End& to,
                bool arrived,
                const char* fate);

    /**
     * @brief Settle a frame that reached an end: from the other end or, looped, from this one.
     * @param end the end
     * @param uid of its packet
     * @param fate what became of it
     */
    void SettleAt(End& end, uint64_t uid, const char* fate);

    /**
     * @brief Write a row.
     * @param frame the frame
     * @param to where it went
     * @param arrived whether it reached that end, now
     * @param fate what became of it
     */
    void Write(const Frame& frame, const End& to, bool arrived, const char* fate);

    // trace sinks, one per trace source
    static void Sent(End* end, Ptr<const Packet> packet);
    static void Arrived(End* end, Ptr<const Packet> packet);
    static void Refused(End* end, Ptr<const Packet> packet);
    static void DroppedByDevice(End* end, Ptr<const Packet> packet, DropReason reason);
    static void DroppedByWire(End* end, Ptr<const Packet> packet, DropReason reason);

    std::ostream& m_out;     //!< where to
    std::list<Line> m_lines; //!< all lines; a list, because sinks point into it
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_FRAME_LOG_H */
