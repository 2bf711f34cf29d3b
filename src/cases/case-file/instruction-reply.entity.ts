import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Department } from '../../organization/department.entity.js';
import { Instruction } from './instruction.entity.js';

/** What the lead department answers to an instruction; it may answer again. */
@Entity('instruction_replies')
export class InstructionReply {
  @PrimaryColumn('uuid')
  id!: string;

  @Index('instruction_replies_instruction_idx')
  @Column('uuid')
  instructionId!: string;

  @ManyToOne(() => Instruction)
  @JoinColumn({ name: 'instruction_id' })
  instruction?: Instruction;

  @Column('text')
  text!: string;

  @Column('uuid')
  departmentId!: string;

  @ManyToOne(() => Department)
  @JoinColumn({ name: 'department_id' })
  department?: Department;

  @Column('timestamptz')
  repliedAt!: Date;

  @Column('uuid')
  repliedBy!: string;
}
